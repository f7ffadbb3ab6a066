/** The panel beside the article: how many snippets, their link and its state, what can be done with them. */

import { gettext, ngettext } from './language.js';
import { fill, shorten } from './list.js';
import { doers, hooks, say } from './page.js';

/** @param {import('./saving.js').Saver} saver */
function words({ state, share, refusal }) {
  switch (state) {
    case 'saving':
      return gettext('Saving the link…');
    case 'saved':
      return share?.expires_at
        ? gettext('Saved. The link works until {date}.', { date: date(share.expires_at) })
        : gettext('Saved. The link is in the address bar.');
    case 'retrying':
      return gettext('The link could not be saved yet. Your marks are kept in this browser, and it is tried again.');
    case 'refused':
      return gettext('The link could not be saved: {reason}', { reason: refusal?.message ?? '' });
    case 'revoked':
      return gettext('This link was revoked. “Copy link” makes a new one.');
    default:
      return '';
  }
}

/** @param {string} iso */
export function date(iso) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso));
}

/** Lists wait until the browser has nothing better to do: they may be long. */
let waiting = 0;

/** @param {import('./marking.js').Marking} marking @param {import('./saving.js').Saver} saver @param {boolean} opened whether these are the snippets that the page came with, which it lists itself */
export function show(marking, saver, opened) {
  const { snippets, done, undone } = marking;
  const { state, share } = saver;
  const panel = document.getElementById('panel');
  if (panel) panel.hidden = !snippets.length && !done.length && !undone.length;
  for (const part of document.querySelectorAll('[data-of-share]')) /** @type {HTMLElement} */ (part).hidden = !opened;
  document.body.dataset.state = state;
  for (const hook of hooks('count')) hook.textContent = ngettext('{n} snippet', '{n} snippets', snippets.length);
  for (const hook of hooks('state')) {
    const text = words(saver);
    if (text !== hook.textContent && state !== 'saving') say(text);
    hook.textContent = text;
  }
  for (const hook of hooks('link')) hook.value = share?.url ?? '';
  link('print', share?.print_url);
  link('qr', share && `${share.url}/qr.svg`);
  link('email', share && `mailto:?subject=${encodeURIComponent(document.title)}&body=${encodeURIComponent(share.url)}`);
  able('copy', snippets.length);
  able('undo', done.length);
  able('redo', undone.length);
  able('clear', snippets.length);
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const [list] = hooks('list').filter((hook) => !hook.closest('[data-of-share]'));
    if (list) fill(list, opened ? [] : snippets, (snippet) => shorten(marking.quote(snippet)), marking.root);
  });
}

/** @param {string} name @param {string | null} [href] */
function link(name, href) {
  for (const hook of hooks(name)) {
    hook.hidden = !href;
    hook.href = href ?? '';
  }
}

/** A button that has the focus keeps it, though there is nothing more for it to do. @param {string} name @param {number} use */
function able(name, use) {
  for (const button of doers(name)) {
    button.disabled = !use && button !== document.activeElement;
    button.setAttribute('aria-disabled', String(!use));
  }
}
