/** The panel: how many snippets, their link and its state, what can be done with them. */

import { inPage } from './address.js';
import { date } from './clock.js';
import { doers, hooks, make } from './elements.js';
import { gettext, ngettext } from './i18n.js';
import { say } from './notices.js';
import { shorten } from './snippets.js';

/** @typedef {import('./ground.js').Ground} Ground */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./text.js').Snippet} Snippet */

/** Entries of the list that are made in one go. */
const PIECE = 100;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let filling;
/** Whether the count was told: telling it costs some time, and what the page came with is right. */
let counted = false;

/**
 * @param {State} state @param {Ground} ground
 * @param {boolean} opened whether these are the snippets that the page came with, and lists itself
 * @param {boolean} own whether the link is the reader's own; on another's the panel waits until something is marked
 */
export function showPanel(state, ground, opened, own) {
  const { snippets, done, undone, status, share } = state;
  const panel = /** @type {HTMLElement} */ (document.getElementById('panel'));
  const wanted = done.length || undone.length || (snippets.length && (own || !opened));
  panel.hidden = !wanted;
  document.body.dataset.state = status;
  for (const part of document.querySelectorAll('[data-of-share]')) /** @type {HTMLElement} */ (part).hidden = !opened;
  if (wanted || counted) count(snippets.length);
  for (const hook of hooks('state')) {
    const now = said(state);
    if (now !== hook.textContent && status !== 'saving') say(now);
    hook.textContent = now;
  }
  for (const hook of hooks('link')) hook.value = share?.url ?? '';
  for (const hook of hooks('address')) hook.textContent = share?.url ?? location.href;
  const print = share && location.origin + inPage(share.print_url);
  link('print', print);
  // What the head of the page offers to print is what stands on the page.
  for (const head of doers('print')) {
    const { ofPage = (head.dataset.ofPage = head.getAttribute('href') ?? ''), ofArticle = '' } = head.dataset;
    head.href = opened ? ofPage : print ?? ofArticle;
  }
  link('qr', share && `${share.url}/qr.svg`);
  link('email', share && `mailto:?subject=${encodeURIComponent(document.title)}&body=${encodeURIComponent(share.url)}`);
  able('undo', done);
  able('redo', undone);
  able('clear', snippets);
  list(opened ? [] : snippets, ground);
}

/** @param {number} n */
function count(n) {
  counted = true;
  const count = ngettext('{n} snippet', '{n} snippets', n);
  for (const hook of hooks('count')) hook.textContent = count;
  // What a bookmark or an e-mail will be called.
  document.title = (n ? `${count}: ` : '') + (document.querySelector('.running b')?.textContent ?? '');
}

/** List these. @param {Snippet[]} snippets @param {Ground} ground */
function list(snippets, ground) {
  clearTimeout(filling);
  const list = /** @type {HTMLElement} */ (document.querySelector('#panel ol'));
  const { lang, dir } = ground.root;
  let scrollTop = 0;
  const at = [...list.children].findIndex((entry) => entry.contains(document.activeElement));
  let made = 0;
  const extend = () => {
    if (!made) ({ scrollTop } = list);
    const entries = snippets.slice(made, made + PIECE).map((snippet) => {
      const quote = make('q', { className: 'quote', lang, dir }, shorten(ground.quote(snippet)));
      const entry = make('li', { className: 'entry', value: snippet.number }, make('a', { href: `#snippet-${snippet.number}` }, quote));
      entry.dataset.color = snippet.color;
      return entry;
    });
    if (made) list.append(...entries);
    else list.replaceChildren(...entries);
    made += PIECE;
    if (made < snippets.length) filling = setTimeout(extend);
    else {
      list.scrollTop = scrollTop;
      if (at >= 0) list.children[Math.min(at, snippets.length - 1)]?.querySelector('a')?.focus();
    }
  };
  // It may be long, and can wait until the mark is painted.
  filling = setTimeout(extend);
}

/** What is told of the link. @param {State} state */
function said({ status, share, reason = '' }) {
  return {
    none: '',
    saving: gettext('Saving the link…'),
    saved: share?.expires_at
      ? gettext('Saved. The link works until {date}.', { date: date(share.expires_at) })
      : gettext('Saved. The link is in the address bar.'),
    retrying: gettext('The link could not be saved yet. Your marks are kept in this browser. Trying again.'),
    refused: gettext('The link could not be saved: {reason}', { reason }),
    revoked: gettext('This link was revoked. “Copy link” makes a new one.'),
  }[status];
}

/** @param {string} name @param {string | null} [href] */
function link(name, href) {
  for (const hook of hooks(name)) Object.assign(hook, { hidden: !href, href: href ?? '' });
}

/** A button that has the focus keeps it, though there is nothing more for it to do. @param {string} name @param {unknown[]} use */
function able(name, use) {
  for (const button of doers(name)) button.disabled = !use.length && button !== document.activeElement;
}
