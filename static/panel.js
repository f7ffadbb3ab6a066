/** The panel: how many snippets, their link and its state, what can be done with them. */

import { inPage } from './address.js';
import { date } from './clock.js';
import { keeps, ownLink } from './drafts.js';
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

/** @type {Element[] | undefined} what the page itself lists, which says more: what became of each snippet */
let listed;

/**
 * @param {State} state @param {Ground} ground
 * @param {boolean} opened whether these are the snippets that the page came with, and lists itself
 * @param {boolean} own whether they are the reader's own; with what was sent the panel waits until something is marked
 */
export function showPanel(state, ground, opened, own) {
  const { snippets, done, undone, status, share } = state;
  const panel = /** @type {HTMLElement} */ (document.getElementById('panel'));
  const wanted = snippets.length > 0 && (own || !opened || done.length + undone.length > 0);
  panel.hidden = !wanted;
  document.body.dataset.state = status;
  for (const words of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-of]'))) {
    words.hidden = words.dataset.of !== (own ? 'own' : 'sent');
  }
  const focused = /** @type {HTMLLIElement | null | undefined} */ (document.activeElement?.closest('.entry'))?.value;
  for (const part of document.querySelectorAll('[data-of-share]')) /** @type {HTMLElement} */ (part).hidden = !opened;
  house(opened && wanted && own);
  const sent = snippets.filter((snippet) => snippet.sent).length;
  for (const button of doers('keep')) {
    button.hidden = !sent;
    if (sent) button.textContent = ngettext('Keep the {n} mark you were sent', 'Keep the {n} marks you were sent', sent);
  }
  if (wanted || counted) count(snippets.length);
  for (const hook of hooks('state')) {
    const now = said(state, own && opened);
    if (now !== hook.textContent && status !== 'saving') say(now);
    hook.textContent = now;
  }
  for (const hook of hooks('link')) {
    hook.value = share?.url ?? '';
    /** @type {HTMLElement} */ (hook.parentElement).hidden = !share;
  }
  for (const hook of hooks('address')) hook.textContent = share?.url ?? location.href;
  const stands = opened && status !== 'revoked';
  const print = share && location.origin + inPage(share.print_url);
  link('print', print);
  // What the head of the page offers to print is what stands on the page.
  for (const head of doers('print')) {
    const { ofPage = (head.dataset.ofPage = head.getAttribute('href') ?? ''), ofArticle = '' } = head.dataset;
    head.href = stands ? ofPage : print ?? ofArticle;
  }
  link('qr', share && `${share.url}/qr.svg`);
  for (const hook of hooks('revoke')) hook.hidden = !(share && ownLink(share.token));
  takeaway(share, stands);
  link('email', share && `mailto:?subject=${encodeURIComponent(document.title)}&body=${encodeURIComponent(share.url)}`);
  able('undo', done);
  able('redo', undone);
  able('clear', snippets);
  list(opened ? [] : snippets, ground, focused);
}

/** What the page lists stands in the panel, or beside the article. @param {boolean} inPanel */
function house(inPanel) {
  const share = document.getElementById('share');
  if (!share) return;
  listed ??= [...share.querySelectorAll(':scope > :not(.shared-head)')];
  if (inPanel) share.hidden = true;
  const [first] = listed;
  const home = inPanel ? document.getElementById('panel-list') : share;
  if (first && first.parentElement !== home) home?.append(...listed);
}

/** What the foot of the page offers to take along belongs to what is marked now. @param {import('./state.js').Share | null} share
 * @param {boolean} stands the page's own link is that of what is marked */
function takeaway(share, stands) {
  const offers = /** @type {HTMLElement | null} */ (document.querySelector('.exports'));
  if (!offers) return;
  offers.hidden = !share && !stands;
  const { token = document.body.dataset.token ?? '' } = offers.dataset;
  if (!share || share.token === token) return;
  offers.dataset.token = share.token;
  for (const link of offers.querySelectorAll('a')) link.href = link.href.replace(token, share.token);
  for (const image of offers.querySelectorAll('img')) image.src = image.src.replace(token, share.token);
  for (const words of offers.querySelectorAll('.address')) words.textContent = share.url;
}

/** Whether the panel shows more than its head, where it is a sheet at the edge of the screen. @param {boolean} open */
export function openPanel(open) {
  const body = /** @type {HTMLElement} */ (document.getElementById('panel-body'));
  body.hidden = !open;
  for (const button of doers('fold')) button.ariaExpanded = String(open);
}

/** @param {number} n */
function count(n) {
  counted = true;
  const count = ngettext('{n} snippet', '{n} snippets', n);
  for (const hook of hooks('count')) hook.textContent = count;
  // What a bookmark or an e-mail will be called.
  document.title = (n ? `${count}: ` : '') + (document.querySelector('.running b')?.textContent ?? '');
}

/** List these. @param {Snippet[]} snippets @param {Ground} ground @param {number} [focused] the number of the entry that had the focus */
function list(snippets, ground, focused = 0) {
  clearTimeout(filling);
  const list = /** @type {HTMLElement} */ (document.querySelector('#panel ol'));
  const { lang, dir } = ground.root;
  let made = 0;
  const extend = () => {
    const entries = snippets.slice(made, made + PIECE).map((snippet) => {
      const quote = make('q', { className: 'quote', lang, dir }, shorten(ground.quote(snippet)));
      const entry = make('li', { className: 'entry', value: snippet.number }, make('a', { href: `#snippet-${snippet.number}` }, quote));
      entry.dataset.color = snippet.color;
      entry.toggleAttribute('data-sent', Boolean(snippet.sent));
      return entry;
    });
    if (made) list.append(...entries);
    else list.replaceChildren(...entries);
    made += PIECE;
    if (made < snippets.length) filling = setTimeout(extend);
    else if (focused) list.children[Math.min(focused, snippets.length) - 1]?.querySelector('a')?.focus({ preventScroll: true });
  };
  // It may be long, and can wait until the mark is painted.
  filling = setTimeout(extend);
}

/** What is told of the link. @param {State} state @param {boolean} asOpened it is that of the page, and the marks the reader's own */
function said({ status, share, reason = '' }, asOpened) {
  switch (status) {
    case 'saving':
      return gettext('Saving the link…');
    case 'saved':
      if (asOpened && !ownLink(share?.token ?? '')) return gettext('These marks are yours now. The first change makes a link of your own.');
      if (!keeps()) return gettext('Saved. This browser keeps nothing for this page, so you cannot revoke the link later.');
      return share?.expires_at
        ? gettext('Saved. The link works until {date}.', { date: date(share.expires_at) })
        : gettext('Saved. The link is in the address bar.');
    case 'retrying':
      if (!keeps()) return gettext('The link could not be saved yet. Trying again: please leave this page open.');
      return navigator.onLine
        ? gettext('The link could not be saved yet. Your marks are kept in this browser. Trying again.')
        : gettext('You are offline. Your marks are kept in this browser, and get their link when you are back.');
    case 'refused':
      return gettext('The link could not be saved: {reason}', { reason });
    case 'revoked':
      return gettext('This link was revoked. “Copy link” makes a new one.');
    default:
      return '';
  }
}

/** @param {string} name @param {string | null} [href] */
function link(name, href) {
  for (const hook of hooks(name)) Object.assign(hook, { hidden: !href, href: href ?? '' });
}

/** A button that has the focus keeps it, though there is nothing more for it to do. @param {string} name @param {unknown[]} use */
function able(name, use) {
  for (const button of doers(name)) button.disabled = !use.length && button !== document.activeElement;
}
