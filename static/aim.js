/** Which snippet is meant is shown: in the text, and in the list. */

/** Outline the whole of a snippet in the text, `:target` being but its first segment, and light its entry.
 * @param {HTMLElement} root @param {number | undefined} number none: nothing is meant @param {string} [attribute] by which it is drawn */
export function aim(root, number, attribute = 'data-aim') {
  for (const mark of root.querySelectorAll(`[${attribute}]`)) mark.removeAttribute(attribute);
  for (const mark of root.querySelectorAll(`mark[data-snippets~="${number}"]`)) mark.setAttribute(attribute, '');
  for (const entry of document.querySelectorAll('.entry[data-lit]')) entry.removeAttribute('data-lit');
  for (const entry of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`.entry[value="${number}"]`))) {
    entry.dataset.lit = '';
    // Only where the list scrolls by itself: the text stays where the reader is.
    const box = [entry.closest('.panel'), entry.closest('.side')].find((each) => each && each.scrollHeight > each.clientHeight);
    if (!box || !/auto|scroll/.test(getComputedStyle(box).overflowY)) continue;
    const { top, bottom } = entry.getBoundingClientRect();
    const seen = box.getBoundingClientRect();
    if (top < seen.top || bottom > seen.bottom) box.scrollTop += top - seen.top - seen.height / 3;
  }
}
