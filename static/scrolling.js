/** What scrolls on its own in the article (wide tables, code) can be scrolled with the keyboard. */

// Some browsers give the focus to whatever scrolls, others only to what asks for it.
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const box = /** @type {HTMLElement} */ (target);
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
});

for (const box of document.querySelectorAll('#article :is(table:not(table table), pre)')) watch.observe(box);
