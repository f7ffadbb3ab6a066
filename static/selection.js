/** Words of the canonical text, and what the reader selected of them. Offsets are UTF-16 units. */

import { offsetOf } from './text.js';

/** @typedef {import('./text.js').Span} Span */
/** @typedef {Span & {word: boolean}} Piece a word, or what stands between words */

/** For browsers without `Intl.Segmenter`: letters, digits and what stands inside words; else one character. */
const PLAIN = /[\p{L}\p{N}\p{M}_\u00ad\u200c\u200d'’]+|./gsu;

export class Words {
  /** @type {{start: number, end: number, words: Piece[]}} */ #line = { start: 0, end: -1, words: [] };

  /** @param {string} text @param {string} lang */
  constructor(text, lang) {
    this.text = text;
    this.lang = lang;
  }

  /** @param {string} line @returns {{segment: string, isWordLike?: boolean}[]} */
  #cut(line) {
    try {
      return [...new Intl.Segmenter(this.lang || [], { granularity: 'word' }).segment(line)];
    } catch {
      return (line.match(PLAIN) ?? []).map((segment) => ({ segment, isWordLike: /[\p{L}\p{N}]/u.test(segment) }));
    }
  }

  /** The line (between line feeds, so at most a block) around an offset. @param {number} at */
  line(at) {
    if (at < this.#line.start || at > this.#line.end) {
      const feed = this.text.indexOf('\n', at);
      const start = this.text.lastIndexOf('\n', at - 1) + 1;
      const line = this.text.slice(start, feed < 0 ? undefined : feed);
      let end = start;
      const words = this.#cut(line).map(({ segment, isWordLike }) => ({ word: !!isWordLike, start: end, end: (end += segment.length) }));
      this.#line = { start, end, words };
    }
    return this.#line;
  }

  /** Widen a span to whole words, drop white space at its edges; null when no word is in it. @param {Span} span @returns {Span | null} */
  snap({ start, end }) {
    const inner = this.text.slice(start, end);
    if (!/[^\p{P}\p{Z}\p{C}\s]/u.test(inner)) return null;
    const from = end - inner.trimStart().length;
    const to = start + inner.trimEnd().length;
    return {
      start: this.line(from).words.find((word) => word.end > from)?.start ?? from,
      end: this.line(to - 1).words.find((word) => word.end >= to)?.end ?? to,
    };
  }
}

/** The parts of the selection inside the root, one a range (Firefox has several), snapped to words.
 * @param {Element} root @param {Words} words @returns {Span[]} */
export function selectedSpans(root, words) {
  const selection = getSelection();
  const whole = document.createRange();
  whole.selectNodeContents(root);
  return Array.from({ length: selection?.rangeCount ?? 0 }, (_, index) => {
    const range = /** @type {Selection} */ (selection).getRangeAt(index).cloneRange();
    if (range.collapsed || !range.intersectsNode(root)) return [];
    if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(root, 0);
    if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) range.setEnd(root, root.childNodes.length);
    const { startContainer, startOffset, endContainer, endOffset } = range;
    const start = offsetOf(root, startContainer, startOffset);
    return words.snap({ start, end: start + range.toString().length }) ?? [];
  }).flat();
}
