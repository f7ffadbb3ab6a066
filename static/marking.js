/** What is marked in one article, as it is drawn in the page, and the way back from each change. */

import { Points, draw, read } from './text.js';
import { add, numbered } from './marks.js';
import { Words } from './words.js';

/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./text.js').Span} Span */
/** @typedef {import('./service.js').Order} Order */

/** The service takes no more in one link. */
export const MOST = 1000;
/** Longer quotes are not sent along: their position says enough, and orders are limited in size. */
const QUOTED = 400;

export class Marking {
  /** @type {Snippet[][]} */ done = [];
  /** @type {Snippet[][]} */ undone = [];

  /** @param {HTMLElement} root @param {() => void} changed by the reader */
  constructor(root, changed) {
    this.root = root;
    this.changed = changed;
    this.text = root.textContent ?? '';
    this.points = new Points(this.text);
    this.words = new Words(this.text, root.lang);
    this.snippets = read(root);
  }

  /** Offsets hold only while the page has the text that was published; a browser's translation replaces it. */
  get sound() {
    return this.root.textContent === this.text;
  }

  /** @param {Snippet[]} snippets */
  #show(snippets) {
    this.snippets = snippets;
    draw(this.root, snippets);
  }

  /** Show these, with no way back: the page is at another place of its history. @param {Snippet[]} snippets */
  restart(snippets) {
    this.done = [];
    this.undone = [];
    this.#show(snippets);
  }

  /** Show these instead, without telling. @param {Snippet[]} snippets */
  restore(snippets) {
    this.done.push(this.snippets);
    this.undone = [];
    this.#show(snippets);
  }

  /** @param {Snippet[]} snippets */
  change(snippets) {
    this.restore(snippets);
    this.changed();
  }

  /** @param {Span[]} spans @param {string} color */
  mark(spans, color) {
    this.change(spans.reduce((list, { start, end }) => add(list, { start, end, color }, this.text), this.snippets));
  }

  /** @param {Snippet[]} some */
  remove(some) {
    this.change(numbered(this.snippets.filter((snippet) => !some.includes(snippet))));
  }

  /** @param {Snippet} snippet @param {string} color */
  recolor(snippet, color) {
    const rest = this.snippets.filter((other) => other !== snippet);
    this.change(add(rest, { start: snippet.start, end: snippet.end, color }, this.text));
  }

  undo() {
    this.#swap(this.done, this.undone);
  }

  redo() {
    this.#swap(this.undone, this.done);
  }

  /** @param {Snippet[][]} from @param {Snippet[][]} to */
  #swap(from, to) {
    const snippets = from.pop();
    if (!snippets) return;
    to.push(this.snippets);
    this.#show(snippets);
    this.changed();
  }

  /** @param {Span} span */
  quote({ start, end }) {
    return this.text.slice(start, end);
  }

  /** What to ask the service for, in code points; null: nothing is marked. @param {number | null} expires_in @returns {Order | null} */
  order(expires_in) {
    if (!this.snippets.length) return null;
    const { article = '', revision } = this.root.dataset;
    const snippets = this.snippets.map(({ start, end, color }) => ({
      start: this.points.fromUnits(start),
      end: this.points.fromUnits(end),
      color,
      quote: end - start > QUOTED ? undefined : this.quote({ start, end }),
    }));
    return { article, revision: Number(revision), snippets, expires_in };
  }

  /** @param {Order} order */
  fromOrder({ snippets }) {
    return numbered(
      snippets.map(({ start, end, color }) => ({ start: this.points.toUnits(start), end: this.points.toUnits(end), color })),
    );
  }
}
