/** The interface's words: the page brings translations by their English text, English itself brings none. */

/** @type {Record<string, string | Record<string, string>>} */
let messages = {};

/** Read the page's data block. @param {Document} page */
export function learn(page) {
  messages = JSON.parse(page.getElementById('messages')?.textContent || '{}');
}

/** @param {string} text @param {Record<string, string | number>} values */
const fill = (text, values) => text.replace(/{(\w+)}/g, (whole, name) => String(values[name] ?? whole));

/** @param {string} id @param {Record<string, string | number>} [values] */
export function gettext(id, values = {}) {
  const found = messages[id];
  return fill(typeof found === 'string' ? found : id, values);
}

/** @param {string} one @param {string} more @param {number} n */
export function ngettext(one, more, n) {
  const { lang } = document.documentElement;
  const forms = messages[one];
  const category = new Intl.PluralRules(lang).select(n);
  const text = typeof forms === 'object' ? forms[category] ?? forms.other : category === 'one' ? one : more;
  return fill(text, { n: new Intl.NumberFormat(lang).format(n) });
}
