/** What is selected, of the article alone. */

/** @typedef {import('./text.js').Span} Span */

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

/** The parts of the selection inside the article, one a range, snapped to words; without what a closed fold hides.
 * @param {import('./ground.js').Ground} ground @returns {Span[]} */
export function selectedSpans(ground) {
  const folded = ground.folded();
  return selectedRanges().flatMap((range) => {
    const part = inside(range, ground.root);
    if (!part) return [];
    const start = ground.offsetOf(part.startContainer, part.startOffset);
    const end = ground.offsetOf(part.endContainer, part.endOffset);
    return without(folded, { start, end }).flatMap((span) => ground.snap(span) ?? []);
  });
}

/** What is left of a span without others. @param {Span[]} others in order @param {Span} span @returns {Span[]} */
function without(others, { start, end }) {
  const left = [];
  for (const other of others) {
    if (other.end <= start || other.start >= end) continue;
    if (other.start > start) left.push({ start, end: other.start });
    start = other.end;
  }
  return start < end ? [...left, { start, end }] : left;
}
