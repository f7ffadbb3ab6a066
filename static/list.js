/** Lists of snippets: one tab stop for all, arrows between them. */

/** @typedef {import('./text.js').Snippet} Snippet */

/** @param {ParentNode} list */
const links = (list) => /** @type {HTMLAnchorElement[]} */ (Array.from(list.querySelectorAll('a[href^="#snippet-"]')));

/** Leave a list one tab stop. @param {HTMLElement} list @param {HTMLElement} [stop] */
export function rove(list, stop = links(list)[0]) {
  if (!stop) return;
  list.removeAttribute('tabindex');
  for (const link of links(list)) link.tabIndex = link === stop ? 0 : -1;
}

/** Move within a list by a key; false when it is none of its keys. @param {KeyboardEvent} event */
export function step(event) {
  const link = /** @type {HTMLElement} */ (event.target);
  const list = /** @type {HTMLElement | null} */ (link.closest('.snippet-list'));
  if (!list || !link.matches('a')) return false;
  const all = links(list);
  const at = all.indexOf(/** @type {HTMLAnchorElement} */ (link));
  const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return false;
  event.preventDefault();
  const next = all[to];
  if (next) {
    link.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
  return true;
}

/** @param {HTMLElement} list @param {Snippet[]} snippets @param {(snippet: Snippet) => string} quote @param {HTMLElement} root for language and direction */
export function fill(list, snippets, quote, { lang, dir }) {
  const at = links(list).findIndex((link) => link === document.activeElement);
  list.replaceChildren(
    ...snippets.map((snippet) => {
      const entry = document.createElement('li');
      const link = document.createElement('a');
      const words = document.createElement('q');
      entry.className = 'entry';
      entry.value = snippet.number;
      entry.dataset.color = snippet.color;
      link.href = `#snippet-${snippet.number}`;
      words.className = 'quote';
      Object.assign(words, { lang, dir, textContent: quote(snippet) });
      link.append(words);
      entry.append(link);
      return entry;
    }),
  );
  const all = links(list);
  const stop = all[Math.min(Math.max(at, 0), all.length - 1)];
  rove(list, stop);
  if (at >= 0) stop?.focus();
}

/** The beginning of a quote, for a list. @param {string} text */
export function shorten(text) {
  const line = text.replace(/\s+/g, ' ');
  return line.length < 140 ? line : `${line.slice(0, 140).replace(/\s?[^\s]{0,30}$/u, '')}…`;
}
