/** Links to words of an article that need no service: text fragments. Loaded when one is asked for. */

/** @typedef {import('./text.js').Span} Span */

/** Up to so many characters a quote stands in a text fragment as a whole, else its first and last words. */
const WHOLE = 200;
/** Words at each end of a longer quote, and of context around an ambiguous one. */
const EDGE = 5;

/** A link to the article that lets the browser find the words, without the service. @param {string} text @param {Span[]} snippets @param {string} url of the article */
export function fragment(text, snippets, url) {
  // What stands before the article is searched first.
  const page = [...document.querySelectorAll('.masthead, .preface')].map((part) => part.textContent).join(' ') + text;
  return `${url.replace(/#.*/, '')}#:~:${snippets.map((snippet) => `text=${directive(page, text, snippet)}`).join('&')}`;
}

/** See https://wicg.github.io/scroll-to-text-fragment/: a term never crosses a block, its context may stand in the next one.
 * @param {string} page where browsers look for it @param {string} text @param {Span} span */
function directive(page, text, { start, end }) {
  const quote = text.slice(start, end);
  const lines = quote.split(/\n+/);
  const whole = lines.length === 1 && quote.length <= WHOLE;
  const terms = whole ? [quote] : [first(lines[0]), last(lines[lines.length - 1])];
  const before = last(text.slice(0, start).trimEnd().split('\n').pop() ?? '');
  const after = first(text.slice(end).trimStart().split('\n', 1)[0]);
  const twice = recurs(page, terms[0]) || (!whole && recurs(quote, terms[1]));
  return [twice && before && `${encode(before)}-`, ...terms.map(encode), twice && after && `-${encode(after)}`].filter(Boolean).join();
}

/** As browsers compare, without case and accents. @param {string} text */
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** @param {string} text @param {string} term */
const recurs = (text, term) => fold(text).indexOf(fold(term)) !== fold(text).lastIndexOf(fold(term));

/** @param {string} line */
const first = (line) => line.trim().split(/\s+/).slice(0, EDGE).join(' ');

/** @param {string} line */
const last = (line) => line.trim().split(/\s+/).slice(-EDGE).join(' ');

/** A hyphen is syntax there, and no URI escape by itself. @param {string} term */
const encode = (term) => encodeURIComponent(term).replace(/-/g, '%2D');
