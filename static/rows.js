/** One row of “My links”: what was marked in one visit, by its newest link, and what can be done with that. */

import { inPage } from './address.js';
import { give } from './clipboard.js';
import { date, day } from './clock.js';
import { keep, LINK } from './drafts.js';
import { make } from './elements.js';
import { gettext, ngettext } from './i18n.js';
import { along, expire, revokeAll } from './links.js';
import { COLORS, NAMES } from './snippets.js';
import { twice } from './twice.js';

/** @typedef {import('./drafts.js').Link} Link */
/** @typedef {import('./own.js').Row} Row */

/**
 * @param {Row} row @param {string} api
 * @param {(row: Row, gone: string[], element: HTMLElement) => void} drop these of its links are kept here no longer
 */
export function rowOf(row, api, drop) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById('own-link'));
  const element = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  /** @param {string} name @returns {import('./elements.js').Hook} */
  const part = (name) => /** @type {any} */ (element.querySelector(`[data-part="${name}"]`));
  const select = part('expiry');
  const note = part('note');

  function describe() {
    const [{ url, words, title, expires_at, count, created_at, colors }] = row;
    const expired = hasExpired(row[0]);
    part('open').href = inPage(url);
    part('open').textContent = words || title || url;
    part('colors').replaceChildren(...swatches(colors));
    part('facts').textContent = [
      ngettext('{n} snippet', '{n} snippets', count),
      created_at && day(created_at),
      expired ? gettext('expired') : expires_at ? gettext('works until {date}', { date: date(expires_at) }) : gettext('never expires'),
    ].filter(Boolean).join(' · ');
    // Of one that has expired there is nothing left to copy, to extend or to revoke.
    for (const name of ['copy', 'expiry', 'revoke']) part(name).hidden = expired;
  }

  part('open').id = `link-${row[0].token}`;
  for (const name of ['copy', 'expiry', 'revoke', 'remove']) part(name).setAttribute('aria-describedby', part('open').id);
  describe();
  part('copy').onclick = () => give(row[0].url, ngettext('Link to {n} snippet copied.', 'Link to {n} snippets copied.', row[0].count));
  let byKeys = false;
  const change = async () => {
    if (select.value === 'keep') return;
    const seconds = Number(select.value) || null;
    select.value = 'keep';
    const changed = await expire(api, row[0], seconds);
    if (changed) row[0] = changed;
    describe();
  };
  // Arrows lead past choices that are not meant.
  select.onkeydown = ({ key }) => {
    byKeys = key !== 'Enter';
    if (!byKeys) change();
  };
  select.onpointerdown = () => (byKeys = false);
  select.onchange = () => byKeys || change();
  select.onblur = change;
  twice(part('revoke'), note, gettext('Revoke for good?'), along(row.length - 1), async () => {
    drop(row, await revokeAll(api, row), element);
    if (row.length) describe();
  });
  const goesOn = gettext('The link goes on, and can no longer be revoked from here.');
  twice(part('remove'), note, gettext('Remove all the same?'), hasExpired(row[0]) ? '' : goesOn, () => {
    for (const { token } of row) keep(LINK + token);
    drop(row, row.map(({ token }) => token), element);
  });
  return element;
}

/** @param {Link} link */
const hasExpired = ({ expires_at }) => Boolean(expires_at && Date.parse(expires_at) < Date.now());

/** Of the colours that it was marked in, each once. @param {unknown} colors */
function swatches(colors) {
  const known = COLORS.filter((color) => Array.isArray(colors) && colors.includes(color));
  return known.map((color) => {
    const swatch = make('span', { className: 'dot', role: 'img', ariaLabel: NAMES[color](), title: NAMES[color]() });
    swatch.dataset.color = color;
    return swatch;
  });
}
