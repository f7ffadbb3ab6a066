/** Words and lines of the canonical text. Offsets are UTF-16 units. */

/** @typedef {import('./text.js').Span} Span */

/** For browsers without `Intl.Segmenter`: letters, digits and what stands inside words; else one character. */
const PLAIN = /[\p{L}\p{N}\p{M}_\u00ad\u200c\u200d'’]+|./gsu;

export class Words {
  #line = { start: 0, end: -1, words: /** @type {(Span & {word: boolean})[]} */ ([]) };

  /** @param {string} text @param {string} lang */
  constructor(text, lang) {
    this.text = text;
    try {
      this.segmenter = new Intl.Segmenter(lang || [], { granularity: 'word' });
    } catch {
      this.segmenter = null;
    }
  }

  /** The line (between line feeds, so at most a block) around an offset, cut into words and what is between them. @param {number} at */
  line(at) {
    if (at < this.#line.start || at > this.#line.end) {
      const start = this.text.lastIndexOf('\n', at - 1) + 1;
      const feed = this.text.indexOf('\n', at);
      const end = feed < 0 ? this.text.length : feed;
      const line = this.text.slice(start, end);
      const words = this.segmenter
        ? Array.from(this.segmenter.segment(line), ({ index, segment, isWordLike }) => piece(start + index, segment, !!isWordLike))
        : Array.from(line.matchAll(PLAIN), ({ index, 0: found }) => piece(start + (index ?? 0), found, /[\p{L}\p{N}]/u.test(found)));
      this.#line = { start, end, words };
    }
    return this.#line;
  }

  /** Widen a span to whole words, drop white space at its edges; null when no word is in it. @param {Span} span @returns {Span | null} */
  snap({ start, end }) {
    const inner = this.text.slice(start, end);
    const from = start + inner.length - inner.trimStart().length;
    const to = start + inner.trimEnd().length;
    if (!/[^\p{P}\p{Z}\p{C}\s]/u.test(inner)) return null;
    return {
      start: this.line(from).words.find((word) => word.end > from)?.start ?? from,
      end: this.line(to - 1).words.find((word) => word.end >= to)?.end ?? to,
    };
  }

  /** The first word that begins at or after an offset. @param {number} at @returns {Span | undefined} */
  next(at) {
    for (;;) {
      const { end, words } = this.line(at);
      const word = words.find((word) => word.word && word.start >= at);
      if (word || end >= this.text.length) return word;
      at = end + 1;
    }
  }

  /** The last word that ends at or before an offset. @param {number} at @returns {Span | undefined} */
  previous(at) {
    for (;;) {
      const { start, words } = this.line(at);
      const word = words.findLast((word) => word.word && word.end <= at);
      if (word || !start) return word;
      at = start - 1;
    }
  }
}

/** @param {number} start @param {string} text @param {boolean} word */
function piece(start, text, word) {
  return { start, end: start + text.length, word };
}
