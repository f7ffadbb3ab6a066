/** The reader's own links: revoking them, changing their expiry, and their list. Loaded when first asked for. */

import { date } from './clock.js';
import { keep, names, ownLink, recall, LINK } from './drafts.js';
import { hooks, make } from './elements.js';
import { gettext, ngettext } from './i18n.js';
import { tell } from './notices.js';
import { call, Refusal } from './saving.js';

/** @typedef {import('./drafts.js').Link} Link */

/** @param {string} api @param {Link} link @param {RequestInit} how */
const manage = (api, { token, manage_key }, how) =>
  call(`${api}/shares/${token}`, { ...how, headers: { Authorization: `Bearer ${manage_key}`, 'Content-Type': 'application/json' } });

/** Let a link of one's own expire; null when that did not work. @param {string} api @param {Link} link @param {number | null} expires_in seconds from now; null: never @returns {Promise<Link | null>} */
async function expire(api, link, expires_in) {
  try {
    const { expires_at } = await manage(api, link, { method: 'PATCH', body: JSON.stringify({ expires_in }) });
    const changed = { ...link, expires_at, expires_in };
    keep(LINK + link.token, changed);
    tell(gettext('The expiry was changed.'));
    return changed;
  } catch (error) {
    return failed(error);
  }
}

/** Let the link of what is marked, and those after it, expire. @param {import('./visit.js').Visit} visit @param {number | null} seconds from now; null: never */
export async function expireFrom(visit, seconds) {
  const { share } = visit.state;
  const link = share && ownLink(share.token);
  const changed = link && (await expire(visit.api, link, seconds));
  if (link && !changed) return;
  // What is marked may have become something else meanwhile.
  visit.want({ expires: seconds }, changed && visit.state.share === share ? { ...share, expires_at: changed.expires_at } : null);
}

/** @param {unknown} error */
function failed(error) {
  const reason = error instanceof Refusal && error.status ? error.message : gettext('the service cannot be reached');
  tell(gettext('That did not work: {reason}', { reason }));
  return null;
}

/** Fill the list, newest first. @param {string} api @param {(token: string) => void} revoked */
export function showLinks(api, revoked) {
  /** @type {Link[]} */
  const links = names(LINK).map(recall).filter((link) => link?.token && link.count);
  links.sort((a, b) => String(b.created_at).localeCompare(String(a.created_at)));
  for (const hook of hooks('no-links')) hook.hidden = links.length > 0;
  for (const hook of hooks('links')) hook.replaceChildren(...links.map((link) => item(api, link, revoked)));
}

/** @param {string} api @param {Link} link @param {(token: string) => void} revoked */
function item(api, link, revoked) {
  const facts = make('span', { className: 'meta' });
  const select = make('select');
  const button = make('button', { type: 'button', className: 'button danger' }, gettext('Revoke'));
  const entry = make(
    'li',
    { className: 'link-item' },
    make('a', { className: 'link-quote', href: link.url }, link.words),
    facts,
    make('span', { className: 'row' }, select, button),
  );
  const describe = () => {
    facts.textContent = [
      link.title,
      ngettext('{n} snippet', '{n} snippets', link.count),
      link.created_at && date(link.created_at),
      link.expires_at && gettext('works until {date}', { date: date(link.expires_at) }),
    ].filter(Boolean).join(' · ');
  };
  describe();
  select.ariaLabel = gettext('Expiry');
  select.append(
    new Option(gettext('Change expiry…'), 'keep'),
    new Option(gettext('never expires'), ''),
    new Option(gettext('works for a day'), '86400'),
    new Option(gettext('works for a week'), '604800'),
    new Option(gettext('works for a month'), '2592000'),
  );
  select.onchange = async () => {
    link = (await expire(api, link, Number(select.value) || null)) ?? link;
    select.value = 'keep';
    describe();
  };
  let sure = false;
  button.onclick = async () => {
    if (!sure) {
      // A second press revokes: there is no way back from it.
      sure = true;
      button.textContent = gettext('Revoke for good?');
      return;
    }
    try {
      await manage(api, link, { method: 'DELETE' });
    } catch (error) {
      if (!(error instanceof Refusal && [404, 410].includes(error.status))) {
        failed(error);
        return;
      }
    }
    keep(LINK + link.token);
    entry.remove();
    revoked(link.token);
    tell(gettext('The link was revoked: nobody can open it any more.'));
  };
  return entry;
}
