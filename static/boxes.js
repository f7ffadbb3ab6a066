/** Boxes in the article that a reader does something with: folds, and what scrolls on its own. Loaded where there are any. */

/** @param {HTMLElement} root */
export function mindBoxes(root) {
  root.addEventListener('click', leaveFold);
  // Some browsers give the focus to whatever scrolls (wide tables, code), others only to what asks for it.
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const box = /** @type {HTMLElement} */ (target);
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    }
  });
  for (const box of root.querySelectorAll(':is(table:not(table table), pre)')) watch.observe(box);
}

/** A click on a fold is no press where words on it are selected by it (of several clicks the second takes the first back by
 * itself) or a mark is meant. @param {MouseEvent} event */
function leaveFold(event) {
  const target = /** @type {Element} */ (event.target);
  const face = target.closest('summary');
  const selection = getSelection();
  if (!face || target.closest('a')) return;
  const selecting = event.detail % 2 && !selection?.isCollapsed && selection?.containsNode(face, true);
  if (selecting || target.closest('body:not([data-tool=off]) mark')) event.preventDefault();
}
