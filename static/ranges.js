/** What is selected, of the article alone. */

/** The part of a range that is in the root; null: there is none. @param {Range} range @param {HTMLElement} root */
export function inside(range, root) {
  const part = range.cloneRange();
  const whole = document.createRange();
  whole.selectNodeContents(root);
  if (part.collapsed || !part.intersectsNode(root)) return null;
  if (part.compareBoundaryPoints(Range.START_TO_START, whole) < 0) part.setStart(root, 0);
  if (part.compareBoundaryPoints(Range.END_TO_END, whole) > 0) part.setEnd(root, root.childNodes.length);
  return part;
}

/** What is selected; Firefox may have several. @returns {Range[]} */
export function selectedRanges() {
  const selection = getSelection();
  return Array.from({ length: selection?.rangeCount ?? 0 }, (_, index) => /** @type {Selection} */ (selection).getRangeAt(index));
}
