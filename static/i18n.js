/** The interface's words: every message by its English text, in the page's language. */

/** @typedef {Record<string, string | Record<string, string>>} Messages translations by their English text, or by CLDR plural category; none for English */

/** @type {Messages} */
let messages = {};

/** @param {string} text @param {Record<string, string | number>} values */
const fill = (text, values) => text.replace(/{(\w+)}/g, (whole, name) => String(values[name] ?? whole));

/** Speak in these from now on. @param {Messages} words */
export function learn(words) {
  messages = words;
}

/** @param {string} id @param {Record<string, string | number>} [values] */
export const gettext = (id, values = {}) => fill(String(messages[id] ?? id), values);

/** @param {string} one @param {string} more @param {number} n */
export function ngettext(one, more, n) {
  const { lang } = document.documentElement;
  const category = new Intl.PluralRules(lang).select(n);
  const forms = /** @type {Record<string, string>} */ (messages[one] ?? { one });
  // The first number that a browser formats costs it a long task, and most need no formatting.
  return fill(forms[category] ?? forms.other ?? more, { n: n > 999 ? n.toLocaleString(lang) : n });
}
