/** What is marked in one article: lists of snippets, never changed in place, and the way back from each change. */

import { draw, offsetOf, read, Points } from './text.js';

/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./text.js').Span} Span */
/** @typedef {import('./saving.js').Order} Order */

export const COLORS = ['yellow', 'green', 'blue', 'pink'];
/** Longer quotes are not sent along: their position says enough, and orders are limited in size. */
const QUOTED = 400;

/** Numbers by start, the longer one first, as the service gives them. @param {(Span & {color: string})[]} list @returns {Snippet[]} */
export function numbered(list) {
  return [...list]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map(({ start, end, color }, index) => ({ start, end, color, number: index + 1 }));
}

/** The same for the same marks. @param {Snippet[]} list */
export const signature = (list) => list.map(({ start, end, color }) => [start, end, color].join()).sort().join(' ');

export class Marking {
  /** @type {Snippet[][]} */ done = [];
  /** @type {Snippet[][]} */ undone = [];

  /** Called after each change by the reader. */
  changed = () => {};

  /** @param {HTMLElement} root @param {string} text as published */
  constructor(root, text) {
    this.root = root;
    this.text = text;
    this.points = new Points(text);
    this.words = new Words(text, root.lang);
    this.snippets = read(root);
    this.revision = Number(root.dataset.revision);
  }

  /** Offsets hold only while the page has the text that was published; a browser's translation replaces it. */
  get sound() {
    return this.root.textContent === this.text;
  }

  /** @param {Span} span */
  quote({ start, end }) {
    return this.text.slice(start, end);
  }

  /** @param {Snippet[]} snippets */
  show(snippets) {
    this.snippets = snippets;
    draw(this.root, snippets);
  }

  /** @param {Snippet[]} snippets @param {Snippet[][]} [back] where the present ones go */
  change(snippets, back) {
    (back ?? this.done).push(this.snippets);
    if (!back) this.undone = [];
    this.show(snippets);
    this.changed();
  }

  undo() {
    const snippets = this.done.pop();
    if (snippets) this.change(snippets, this.undone);
  }

  redo() {
    const snippets = this.undone.pop();
    if (snippets) this.change(snippets, this.done);
  }

  /** Overlapping, touching, or with nothing but spaces of one line between. @param {Span} a @param {Span} b */
  #meet(a, b) {
    return !/\S|\n/.test(this.text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)));
  }

  /** Put spans to a list; each takes in what it meets of its colour. @param {Snippet[]} list @param {Span[]} spans @param {string} color */
  #with(list, spans, color) {
    for (let { start, end } of spans) {
      for (let size = -1; size !== list.length; ) {
        size = list.length;
        list = list.filter((other) => {
          if (other.color !== color || !this.#meet(other, { start, end })) return true;
          start = Math.min(start, other.start);
          end = Math.max(end, other.end);
          return false;
        });
      }
      list = numbered([...list, { start, end, color }]);
    }
    return list;
  }

  /** @param {Span[]} spans @param {string} color */
  mark(spans, color) {
    this.change(this.#with(this.snippets, spans, color));
  }

  /** @param {Snippet[]} some */
  remove(some) {
    this.change(numbered(this.snippets.filter((snippet) => !some.includes(snippet))));
  }

  /** @param {Snippet} snippet @param {string} color */
  recolor(snippet, color) {
    this.change(this.#with(this.snippets.filter((other) => other !== snippet), [snippet], color));
  }

  /** What to ask the service for, in code points; null: nothing is marked. @param {number | null} expires_in @returns {Order | null} */
  order(expires_in) {
    const { revision } = this;
    const { article = '' } = this.root.dataset;
    const snippets = this.snippets.map((snippet) => {
      const selectors = [
        { type: 'TextPositionSelector', start: this.points.fromUnits(snippet.start), end: this.points.fromUnits(snippet.end) },
      ];
      const exact = this.quote(snippet);
      return { color: snippet.color, selectors: exact.length > QUOTED ? selectors : [...selectors, { type: 'TextQuoteSelector', exact }] };
    });
    return snippets.length ? { article, revision, snippets, expires_in } : null;
  }
}

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
