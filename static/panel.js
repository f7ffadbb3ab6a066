/** The panel beside the article: how many snippets, their link and its state, what can be done with them. */

import { date, doers, gettext, hooks, make, ngettext, say, shorten } from './page.js';

/** @param {import('./saving.js').Saver} saver */
function words({ state, share, reason }) {
  return {
    none: '',
    saving: gettext('Saving the link…'),
    saved: share?.expires_at
      ? gettext('Saved. The link works until {date}.', { date: date(share.expires_at) })
      : gettext('Saved. The link is in the address bar.'),
    retrying: gettext('The link could not be saved yet. Your marks are kept in this browser, and it is tried again.'),
    refused: gettext('The link could not be saved: {reason}', { reason }),
    revoked: gettext('This link was revoked. “Copy link” makes a new one.'),
  }[state];
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let filling;

/** @param {import('./marking.js').Marking} marking @param {import('./saving.js').Saver} saver @param {boolean} opened whether these are the snippets that the page came with, and lists itself */
export function show({ snippets, done, undone, root, text }, saver, opened) {
  const { state, share } = saver;
  const panel = document.getElementById('panel');
  if (panel) panel.hidden = ![snippets, done, undone].some((list) => list.length);
  document.body.dataset.state = state;
  for (const part of document.querySelectorAll('[data-of-share]')) /** @type {HTMLElement} */ (part).hidden = !opened;
  for (const hook of hooks('count')) hook.textContent = ngettext('{n} snippet', '{n} snippets', snippets.length);
  for (const hook of hooks('state')) {
    const now = words(saver);
    if (now !== hook.textContent && state !== 'saving') say(now);
    hook.textContent = now;
  }
  for (const hook of hooks('link')) hook.value = share?.url ?? '';
  link('print', share?.print_url);
  link('qr', share && `${share.url}/qr.svg`);
  link('email', share && `mailto:?subject=${encodeURIComponent(document.title)}&body=${encodeURIComponent(share.url)}`);
  able('undo', done);
  able('redo', undone);
  able('clear', snippets);
  clearTimeout(filling);
  // The list may be long, and can wait until the mark is painted.
  filling = setTimeout(() => {
    const list = hooks('list').find((hook) => !hook.closest('[data-of-share]'));
    if (!list) return;
    const at = links(list).indexOf(/** @type {Hook} */ (document.activeElement));
    list.replaceChildren(
      ...(opened ? [] : snippets).map(({ number, color, start, end }) => {
        const quote = make('q', { className: 'quote', lang: root.lang, dir: root.dir }, shorten(text.slice(start, end)));
        const entry = make('li', { className: 'entry', value: number }, make('a', { href: `#snippet-${number}` }, quote));
        entry.dataset.color = color;
        return entry;
      }),
    );
    const all = links(list);
    const stop = all[Math.min(at, all.length - 1)];
    rove(all, stop ?? all[0]);
    stop?.focus();
  });
}

/** @typedef {import('./page.js').Hook} Hook */

/** @param {string} name @param {string | null} [href] */
function link(name, href) {
  for (const hook of hooks(name)) Object.assign(hook, { hidden: !href, href: href ?? '' });
}

/** A button that has the focus keeps it, though there is nothing more for it to do. @param {string} name @param {unknown[]} use */
function able(name, use) {
  for (const button of doers(name)) button.disabled = !use.length && button !== document.activeElement;
}

/** The snippets that a list links to. @param {Element} list @returns {Hook[]} */
export const links = (list) => Array.from(list.querySelectorAll('a[href^="#snippet-"]'));

/** Leave many controls one tab stop. @param {HTMLElement[]} all @param {HTMLElement} [stop] */
export function rove(all, stop = all[0]) {
  for (const each of all) each.tabIndex = each === stop ? 0 : -1;
}

/** Arrows lead from one to the next of a list or a toolbar. @param {KeyboardEvent} event */
export function step(event) {
  const here = /** @type {HTMLElement} */ (event.target);
  const all = /** @type {HTMLElement[]} */ ([...here.closest('.snippet-list, .toolbar')?.querySelectorAll('a, button') ?? []]);
  const at = all.indexOf(here);
  const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  if (!all[to]) return;
  rove(all, all[to]);
  all[to].focus();
}
