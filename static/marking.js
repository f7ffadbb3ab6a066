/** What is marked in one article: lists of snippets, never changed in place, and the way back from each change. */

import { inside, selectedRanges } from './ranges.js';
import { Ground } from './ground.js';
import { Points } from './text.js';

/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./text.js').Span} Span */
/** @typedef {import('./saving.js').Order} Order */

export const COLORS = ['yellow', 'green', 'blue', 'pink'];
/** Characters of quotes in one order: it is limited in size. What is beyond has its position alone. */
const QUOTES = 100_000;

/** Numbers by start, the longer one first, as the service gives them. @param {(Span & {color: string, exact?: string})[]} list @returns {Snippet[]} */
export function numbered(list) {
  return [...list]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map(({ start, end, color, exact }, index) => ({ start, end, color, exact, number: index + 1 }));
}

/** The same for the same marks. @param {Snippet[]} list */
export const signature = (list) => list.map(({ start, end, color }) => [start, end, color].join()).sort().join(' ');

/** The beginning of a quote. @param {string} text */
export const shorten = (text) => text.replace(/\s+/g, ' ').replace(/^(.{110}.{0,30}(?!\S)|.{140}).+/su, '$1…');

export class Marking {
  /** @type {Snippet[][]} */ done = [];
  /** @type {Snippet[][]} */ undone = [];

  /** Called after each change by the reader. */
  changed = () => {};
  /** Called when something cannot be done because the page's words are not those that were published. */
  altered = () => {};

  /** @param {HTMLElement} root @param {string} text as published @param {Snippet[]} snippets that the page came with */
  constructor(root, text, snippets) {
    this.root = root;
    this.text = text;
    this.ground = new Ground(root, text);
    this.points = new Points(text);
    this.words = new Words(text, root.lang);
    this.snippets = snippets;
    this.revision = Number(root.dataset.revision);
  }

  /** @param {Span} span */
  quote({ start, end }) {
    return this.text.slice(start, end);
  }

  /** Whether offsets hold on the page as it is now; where they do not, that is told. */
  stands() {
    const stands = this.ground.survey();
    if (!stands) this.altered();
    return stands;
  }

  /** Show these from now on. Every change and every drawing comes through here, and none is made on a page whose words
   * are others: offsets would meet another text. @param {Snippet[]} snippets @returns {boolean} whether they are shown */
  show(snippets) {
    if (!this.stands()) return false;
    this.snippets = snippets;
    this.ground.draw(snippets);
    return true;
  }

  /** @param {Snippet[]} snippets @param {Snippet[][]} [done] @param {Snippet[][]} [undone] @returns {boolean} whether it was done */
  change(snippets, done = [...this.done, this.snippets], undone = []) {
    if (!this.show(snippets)) return false;
    Object.assign(this, { done, undone });
    this.changed();
    return true;
  }

  undo() {
    const { done, undone, snippets } = this;
    if (done.length) this.change(done[done.length - 1], done.slice(0, -1), [...undone, snippets]);
  }

  redo() {
    const { done, undone, snippets } = this;
    if (undone.length) this.change(undone[undone.length - 1], [...done, snippets], undone.slice(0, -1));
  }

  /** Overlapping, touching, or with nothing but spaces of one line between. @param {Span} a @param {Span} b */
  #meet(a, b) {
    return !/\S|\n/.test(this.text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)));
  }

  /** Put spans to a list; each takes in what it meets of its colour. Its words are read off the page, so that the service can
   * check that they are the ones at the position. @param {Snippet[]} list @param {Span[]} spans @param {string} color */
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
      list = numbered([...list, { start, end, color, exact: this.ground.wordsAt({ start, end }) }]);
    }
    return list;
  }

  /** @param {Span[]} spans @param {string} color */
  mark(spans, color) {
    return this.stands() && this.change(this.#with(this.snippets, spans, color));
  }

  /** @param {Snippet[]} some */
  remove(some) {
    return this.change(numbered(this.snippets.filter((snippet) => !some.includes(snippet))));
  }

  /** @param {Snippet} snippet @param {string} color */
  recolor(snippet, color) {
    return this.stands() && this.change(this.#with(this.snippets.filter((other) => other !== snippet), [snippet], color));
  }

  /** What to ask the service for, in code points; null: nothing is marked. @param {number | null} expires_in @returns {Order | null} */
  order(expires_in) {
    const { revision } = this;
    const { article = '' } = this.root.dataset;
    let room = QUOTES;
    const snippets = this.snippets.map(({ start, end, color, exact }) => {
      const position = { type: 'TextPositionSelector', start: this.points.fromUnits(start), end: this.points.fromUnits(end) };
      const quoted = exact && (room -= exact.length) >= 0;
      return { color, selectors: quoted ? [position, { type: 'TextQuoteSelector', exact }] : [position] };
    });
    return snippets.length ? { article, revision, snippets, expires_in } : null;
  }
}

/** @typedef {Span & {word: boolean}} Piece a word, or what stands between words */

/** What is cut off at the edges of a mark: Unicode's White_Space, and U+FEFF, which nobody sees either. */
const BLANK = /[\p{White_Space}\ufeff]/u;

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
    const { text } = this;
    if (!/[^\p{P}\p{Z}\p{C}\s]/u.test(text.slice(start, end))) return null;
    while (BLANK.test(text[start])) start++;
    while (BLANK.test(text[end - 1])) end--;
    return {
      start: this.line(start).words.find((word) => word.end > start)?.start ?? start,
      end: this.line(end - 1).words.find((word) => word.end >= end)?.end ?? end,
    };
  }
}

/** The parts of the selection inside the article, one a range, snapped to words; without what a closed fold hides.
 * @param {Ground} ground @param {Words} words @returns {Span[]} */
export function selectedSpans(ground, words) {
  const folded = ground.folded();
  return selectedRanges().flatMap((range) => {
    const part = inside(range, ground.root);
    if (!part) return [];
    const start = ground.offsetOf(part.startContainer, part.startOffset);
    const end = ground.offsetOf(part.endContainer, part.endOffset);
    return without(folded, { start, end }).flatMap((span) => words.snap(span) ?? []);
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
