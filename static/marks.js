/** What is marked: lists of snippets, never changed in place. Offsets are UTF-16 units. */

/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./text.js').Span} Span */

export const COLORS = ['yellow', 'green', 'blue', 'pink'];

/** Numbers by start, the longer one first, as the service gives them; a changed list has no past, so all are intact.
 * @param {(Span & {color: string})[]} list @returns {Snippet[]} */
export function numbered(list) {
  return [...list]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map(({ start, end, color }, index) => ({ number: index + 1, start, end, color }));
}

/** Overlapping, touching, or with nothing but spaces of one line between. @param {Span} a @param {Span} b @param {string} text */
function meet(a, b, text) {
  return /^[^\S\n]*$/.test(text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)));
}

/** Add a span; what it meets of its own colour joins it. @param {Snippet[]} list @param {Span & {color: string}} span @param {string} text */
export function add(list, span, text) {
  let rest = list;
  for (let size = -1; size !== rest.length; ) {
    size = rest.length;
    rest = rest.filter((other) => {
      if (other.color !== span.color || !meet(other, span, text)) return true;
      span = { ...span, start: Math.min(span.start, other.start), end: Math.max(span.end, other.end) };
      return false;
    });
  }
  return numbered([...rest, span]);
}

/** @param {Snippet[]} list @param {number} number */
export function without(list, number) {
  return numbered(list.filter((snippet) => snippet.number !== number));
}

/** The innermost snippet around all of a span, if any. @param {Snippet[]} list @param {Span} span */
export function around(list, { start, end }) {
  return list
    .filter((snippet) => snippet.start <= start && snippet.end >= end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
}

/** The same marks, whatever their numbers. @param {Snippet[]} list */
export function signature(list) {
  return list
    .map(({ start, end, color }) => `${start}-${end}-${color}`)
    .sort()
    .join();
}
