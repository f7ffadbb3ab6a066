/** Where words begin and end, in the published text. */

/** @typedef {import('./text.js').Span} Span */
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
