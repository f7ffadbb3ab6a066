/** What a reader who comes back is told: how many links are kept here, what was marked of this article, what is not finished. */

import { inPage } from './address.js';
import { day } from './clock.js';
import { hooks, make } from './elements.js';
import { gettext, learn, ngettext } from './i18n.js';
import { ownLinks, rowsOf } from './own.js';
import { unfinished } from './unfinished.js';

/** @typedef {import('./own.js').Row} Row */

/** Beyond this, there are many: the head of the page has room for no more digits. */
const MANY = 99;

/** Tell it, where the page has a place for it. */
export async function welcome() {
  const rows = rowsOf(ownLinks());
  const article = document.getElementById('article')?.dataset.article;
  const invitation = /** @type {HTMLElement | null} */ (document.querySelector('body:not([data-token]) .invitation'));
  const here = rows.find(([link]) => article && link.article === article && link.created_at);
  const drafts = hooks('drafts').length ? await unfinished() : [];
  count(rows.length);
  if (!(here && invitation) && !drafts.length) return;
  learn(await (await fetch(document.body.dataset.words ?? '')).json());
  if (here && invitation) remind(invitation, here);
  for (const hook of hooks('drafts')) {
    hook.replaceChildren(...drafts.map(([, { about, path }]) => line(about, path)));
    hook.hidden = !drafts.length;
  }
}

/** Tell how many links there are now. */
export const tally = () => count(rowsOf(ownLinks()).length);

/** @param {number} n */
export function count(n) {
  for (const hook of hooks('own')) hook.textContent = n ? ` (${n > MANY ? `${MANY}+` : n})` : '';
}

/** What was marked of this article stands in the place of the invitation, and nothing moves. @param {HTMLElement} place @param {Row} row */
function remind(place, [{ count, created_at, url }]) {
  place.style.minHeight = `${place.offsetHeight}px`;
  const said = ngettext('You marked {n} passage on {day}', 'You marked {n} passages on {day}', count);
  place.replaceChildren(
    said.replace('{day}', day(created_at ?? '')),
    ' · ',
    make('a', { href: inPage(url) }, gettext('show')),
  );
}

/** @param {import('./drafts.js').About | undefined} about @param {string} path */
function line(about, path) {
  const words = make('a', { dir: 'auto', href: inPage(path) }, about?.words || gettext('marks without a link'));
  const [before, after] = gettext('Not finished: {words}').split('{words}');
  return make('li', {}, before, words, after ?? '', about?.title ? ` — ${about.title}` : '');
}
