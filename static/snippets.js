/** Lists of snippets, never changed in place, and the orders that ask the service for a link to one. */

import { gettext } from './i18n.js';

/** @typedef {import('./ground.js').Ground} Ground */
/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./text.js').Span} Span */
/** @typedef {{article: string, revision: number, snippets: {color: string, selectors: {type: string, start?: number, end?: number, exact?: string}[]}[], expires_in: number | null}} Order the body of a request; code points */

/** What each colour is called. @type {Record<string, () => string>} */
export const NAMES = {
  yellow: () => gettext('Yellow'),
  green: () => gettext('Green'),
  blue: () => gettext('Blue'),
  pink: () => gettext('Pink'),
};
export const COLORS = Object.keys(NAMES);
/** Characters of quotes in one order: it is limited in size. What is beyond has its position alone. */
const QUOTES = 100_000;

/** Numbers by start, the longer one first, as the service gives them. @param {(Span & {color: string, exact?: string, sent?: boolean})[]} list @returns {Snippet[]} */
export function numbered(list) {
  return [...list]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map(({ start, end, color, exact, sent }, index) => ({ start, end, color, exact, sent, number: index + 1 }));
}

/** The reader's own, whoever sent them. @param {Snippet[]} list @returns {Snippet[]} */
export const kept = (list) => list.map((snippet) => ({ ...snippet, sent: undefined }));

/** The same for the same marks. @param {Snippet[]} list */
export const signature = (list) => list.map(({ start, end, color }) => [start, end, color].join()).sort().join(' ');

/** The beginning of a quote. @param {string} text */
export const shorten = (text) => text.replace(/\s+/g, ' ').replace(/^(.{110}.{0,30}(?!\S)|.{140}).+/su, '$1…');

/** Overlapping, touching, or with nothing but spaces of one line between. @param {string} text @param {Span} a @param {Span} b */
const meet = (text, a, b) => !/\S|\n/.test(text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)));

/** Put spans to a list; each takes in what it meets of its colour, but for what was sent: that stays as it is, and holds what it
 * covers already. Its words are read off the page, so that the service can
 * check that they are the ones at the position. @param {Snippet[]} list @param {Span[]} spans @param {string} color @param {Ground} ground */
export function withSpans(list, spans, color, ground) {
  for (let { start, end } of spans) {
    if (list.some((other) => other.sent && other.color === color && other.start <= start && other.end >= end)) continue;
    for (let size = -1; size !== list.length; ) {
      size = list.length;
      list = list.filter((other) => {
        if (other.sent || other.color !== color || !meet(ground.text, other, { start, end })) return true;
        start = Math.min(start, other.start);
        end = Math.max(end, other.end);
        return false;
      });
    }
    list = numbered([...list, { start, end, color, exact: ground.wordsAt({ start, end }) }]);
  }
  return list;
}

/** What to ask the service for; null: nothing is marked. @param {{snippets: Snippet[], expires: number | null}} wanted @param {Ground} ground @returns {Order | null} */
export function toOrder({ snippets: list, expires: expires_in }, { article, revision, points }) {
  let room = QUOTES;
  const snippets = list.map(({ start, end, color, exact }) => {
    const position = { type: 'TextPositionSelector', start: points.fromUnits(start), end: points.fromUnits(end) };
    const quoted = exact && (room -= exact.length) >= 0;
    return { color, selectors: quoted ? [position, { type: 'TextQuoteSelector', exact }] : [position] };
  });
  return snippets.length ? { article, revision, snippets, expires_in } : null;
}
