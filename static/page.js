/** The page around the article: its words in the interface's language, its hooks, and telling the reader. */

/** @typedef {HTMLElement & {value: string, href: string, disabled: boolean, checked: boolean, select: () => void}} Hook */

/** @type {Record<string, string | Record<string, string>>} translations by their English text; none for English */
let messages = {};

/** @param {string} text @param {Record<string, string | number>} values */
const fill = (text, values) => text.replace(/{(\w+)}/g, (whole, name) => String(values[name] ?? whole));

/** Read the page's data block. */
export function learn() {
  messages = JSON.parse(document.getElementById('messages')?.textContent || '{}');
}

/** @param {string} id @param {Record<string, string | number>} [values] */
export const gettext = (id, values = {}) => fill(String(messages[id] ?? id), values);

/** @param {string} one @param {string} more @param {number} n */
export function ngettext(one, more, n) {
  const { lang } = document.documentElement;
  const category = new Intl.PluralRules(lang).select(n);
  const forms = /** @type {Record<string, string>} */ (messages[one] ?? { one });
  return fill(forms[category] ?? forms.other ?? more, { n: n.toLocaleString(lang) });
}

/** The elements that show something. @param {string} name @returns {Hook[]} */
export const hooks = (name) => Array.from(document.querySelectorAll(`[data-show="${name}"]`));

/** The controls that do something. @param {string} name @returns {Hook[]} */
export const doers = (name) => Array.from(document.querySelectorAll(`[data-do="${name}"]`));

/** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {Partial<HTMLElementTagNameMap[K]>} [properties] @param {(Node | string)[]} children */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  Object.assign(element, properties);
  element.append(...children);
  return element;
}

/** Say it to screen readers alone. @param {string} text */
export const say = (text) => document.getElementById('status')?.replaceChildren(make('p', {}, text));

/** Say and show it, with a way back where there is one. @param {string} text @param {() => void} [undo] */
export function tell(text, undo) {
  const toast = make('p', { className: 'toast' }, text);
  if (undo) toast.append(make('button', { type: 'button', className: 'tool', onclick: () => (toast.remove(), undo()) }, gettext('Undo')));
  document.getElementById('toasts')?.replaceChildren(toast);
  setTimeout(() => toast.remove(), 8000);
  say(text);
}

/** The beginning of a quote. @param {string} text */
export const shorten = (text) => text.replace(/\s+/g, ' ').replace(/^(.{110}.{0,30}(?!\S)|.{140}).+/su, '$1…');

/** @param {string} iso */
export const date = (iso) => new Date(iso).toLocaleString(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' });
