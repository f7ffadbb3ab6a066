/** The text as it was published, and the page in which it stands: whether it still does, and where. */

import { CLOSED, foldsAround } from './folds.js';
import { draw, formulas, offsetOf, rangeOf, texts, whole, Points } from './text.js';
import { Words } from './words.js';
import { strangers } from './strangers.js';

/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./text.js').Span} Span */

/**
 * What the page says of itself, in data that nobody who alters its words touches.
 * @typedef {{checksum: number, snippets: [number: number, start: number, end: number, color: string, status: string][]}} Published
 * checksum: CRC-32 of the text's UTF-8; start and end in code points
 */

/** The ground of the page's root, and the snippets that the page came with. What stands on the page is not taken for it unseen: an
 * extension or a translation may have been there first. @param {HTMLElement} root */
export async function published(root) {
  const { checksum, snippets } = /** @type {Published} */ (JSON.parse(document.getElementById('published')?.textContent ?? ''));
  let text = root.textContent ?? '';
  if (crc32(new TextEncoder().encode(text)) !== checksum) {
    const { article, revision } = root.dataset;
    const answer = await fetch(`${document.body.dataset.api}/articles/${article}/text?revision=${revision}`, { credentials: 'omit' });
    if (!answer.ok) throw answer;
    // An article may begin with U+FEFF.
    text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
  }
  const ground = new Ground(root, text);
  const { points } = ground;
  return {
    ground,
    snippets: snippets.map(([number, start, end, color, status]) => ({
      number, color, status, start: points.toUnits(start), end: points.toUnits(end),
    })),
  };
}

/** As zlib makes it. @param {Uint8Array} bytes */
function crc32(bytes) {
  const table = Uint32Array.from({ length: 256 }, (_, value) => {
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 && 0xedb88320);
    return value;
  });
  let sum = -1;
  for (const byte of bytes) sum = (sum >>> 8) ^ table[(sum ^ byte) & 255];
  return ~sum >>> 0;
}

export class Ground {
  /** @type {Set<Text>} */ #strangers = new Set();

  /** @param {HTMLElement} root @param {string} text as published */
  constructor(root, text) {
    this.root = root;
    this.text = text;
    this.points = new Points(text);
    this.words = new Words(text, root.lang);
    this.article = root.dataset.article ?? '';
    this.revision = Number(root.dataset.revision);
  }

  get title() {
    return this.root.querySelector('h1')?.textContent ?? '';
  }

  /** The words as people read them: a formula by its alternative text. @param {Span} span */
  quote(span) {
    const formulas = this.#formulas();
    let { start, end } = whole(formulas, span);
    let words = '';
    for (const { start: from, end: to, formula } of formulas) {
      if (from < start || to > end) continue;
      words += this.text.slice(start, from) + formula?.getAttribute('alttext');
      start = to;
    }
    return words + this.text.slice(start, end);
  }

  /** A span widened to whole words and formulas, or null when no word is in it. @param {Span} span */
  snap(span) {
    const snapped = this.words.snap(span);
    return snapped && whole(this.#formulas(), snapped);
  }

  #formulas() {
    return this.root.querySelector('math') ? formulas(this.root, this.#strangers) : [];
  }

  /** Look at the page as it is now: does the text stand there, whole and in order, whatever else was put in? Offsets hold
   * until the page is altered again, so this comes before each use of them. */
  survey() {
    if (!this.root.isConnected) return false;
    if (this.#words() === this.text) return true;
    const nodes = Array.from(texts(this.root), ({ node }) => node);
    const found = strangers(nodes.map(({ data }) => data), this.text);
    this.#strangers = new Set(nodes.filter((_, index) => found?.has(index)));
    return Boolean(found);
  }

  #words() {
    return this.#strangers.size ? this.wordsAt({ start: 0, end: Infinity }) : this.root.textContent;
  }

  /** What the page has at a span. @param {Span} span */
  wordsAt({ start, end }) {
    let words = '';
    for (const { node, at } of texts(this.root, this.#strangers)) {
      if (at >= end) break;
      words += node.data.slice(Math.max(0, start - at), end - at);
    }
    return words;
  }

  /** @param {Node} node @param {number} at */
  offsetOf(node, at) {
    return offsetOf(this.root, this.#strangers, node, at);
  }

  /** @param {Span} span */
  rangeOf(span) {
    return rangeOf(this.root, this.#strangers, span);
  }

  /** The words that nobody sees: those of closed folds, but for what stands on them. @returns {Span[]} in order */
  folded() {
    /** @type {Span[]} */
    const found = [];
    if (!this.root.querySelector(CLOSED)) return found;
    for (const { node, at } of texts(this.root, this.#strangers)) {
      if (foldsAround(node).some((fold) => !fold.open)) found.push({ start: at, end: at + node.length });
    }
    return found;
  }

  /** @param {Snippet[]} snippets */
  draw(snippets) {
    draw(this.root, snippets, this.#strangers);
  }
}
