/** What the reader selected, as spans of the article. */

import { offsetOf } from './text.js';

/** @typedef {import('./text.js').Span} Span */

/** The parts of the selection inside the root, one a range (Firefox has several), snapped to words.
 * @param {Element} root @param {import('./words.js').Words} words @returns {Span[]} */
export function selectedSpans(root, words) {
  const selection = getSelection();
  /** @type {Span[]} */
  const spans = [];
  for (let i = 0; selection && i < selection.rangeCount; i++) {
    const range = clip(selection.getRangeAt(i), root);
    const span = range && words.snap({
      start: offsetOf(root, range.startContainer, range.startOffset),
      end: offsetOf(root, range.endContainer, range.endOffset),
    });
    if (span) spans.push(span);
  }
  return spans;
}

/** @param {Range} range @param {Element} root */
function clip(range, root) {
  if (range.collapsed || !range.intersectsNode(root)) return null;
  const whole = document.createRange();
  whole.selectNodeContents(root);
  const clipped = range.cloneRange();
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) clipped.setStart(root, 0);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) clipped.setEnd(root, root.childNodes.length);
  return clipped.collapsed ? null : clipped;
}

/** The offset at the top of what is visible of the root; 0 when nothing of it is. @param {HTMLElement} root */
export function firstVisible(root) {
  const box = root.getBoundingClientRect();
  const x = getComputedStyle(root).direction === 'rtl' ? box.right - 8 : box.left + 8;
  for (let y = Math.max(box.top, 0) + 4; y < Math.min(box.bottom, innerHeight); y += 8) {
    const found = caretAt(x, y);
    if (found && root.contains(found.node)) return offsetOf(root, found.node, found.offset);
  }
  return 0;
}

/** @param {number} x @param {number} y @returns {{node: Node, offset: number} | null} */
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
