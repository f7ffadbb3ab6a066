/** What is marked in one article: lists of snippets, never changed in place, and the way back from each change. */

import { Words } from './selection.js';
import { Points, draw, read } from './text.js';

/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./text.js').Span} Span */
/** @typedef {import('./saving.js').Order} Order */

export const COLORS = ['yellow', 'green', 'blue', 'pink'];
/** Longer quotes are not sent along: their position says enough, and orders are limited in size. */
const QUOTED = 400;

/** Numbers by start, the longer one first, as the service gives them. @param {(Span & {color: string})[]} list @returns {Snippet[]} */
function numbered(list) {
  return [...list]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map(({ start, end, color }, index) => ({ start, end, color, number: index + 1 }));
}

/** The same for the same marks. @param {Snippet[]} list */
export const signature = (list) => list.map(({ start, end, color }) => [start, end, color].join()).sort().join(' ');

export class Marking {
  /** @type {Snippet[][]} */ done = [];
  /** @type {Snippet[][]} */ undone = [];

  /** @param {HTMLElement} root @param {string} text as published @param {() => void} changed by the reader */
  constructor(root, text, changed) {
    this.root = root;
    this.changed = changed;
    this.text = text;
    this.points = new Points(text);
    this.words = new Words(text, root.lang);
    this.snippets = read(root);
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
    const { article = '', revision } = this.root.dataset;
    const snippets = this.snippets.map((snippet) => {
      const selectors = [
        { type: 'TextPositionSelector', start: this.points.fromUnits(snippet.start), end: this.points.fromUnits(snippet.end) },
      ];
      const exact = this.quote(snippet);
      return { color: snippet.color, selectors: exact.length > QUOTED ? selectors : [...selectors, { type: 'TextQuoteSelector', exact }] };
    });
    return snippets.length ? { article, revision: Number(revision), snippets, expires_in } : null;
  }

  /** @param {Order} order */
  fromOrder({ snippets }) {
    return numbered(
      snippets.map(({ color, selectors: [{ start = 0, end = 0 }] }) => ({
        color,
        start: this.points.toUnits(start),
        end: this.points.toUnits(end),
      })),
    );
  }
}
