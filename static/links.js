/** Managing links of one's own with the keys that this browser keeps: revoking them, changing their expiry. */

import { keep, ownLink, KEPT, LINK } from './drafts.js';
import { gettext, ngettext } from './i18n.js';
import { tell } from './notices.js';
import { ownLinks, rowsOf } from './own.js';
import { call, Refusal } from './saving.js';

/** @typedef {import('./drafts.js').Link} Link */

/** @param {string} api @param {Link} link @param {RequestInit} how */
const manage = (api, { token, manage_key }, how) =>
  call(`${api}/shares/${token}`, { ...how, headers: { Authorization: `Bearer ${manage_key}`, 'Content-Type': 'application/json' } });

/** @param {unknown} error */
const reasonOf = (error) => (error instanceof Refusal && error.status ? error.message : gettext('the service cannot be reached'));

/** @param {unknown} error of a call about a link that is gone already */
const isGone = (error) => error instanceof Refusal && [404, 410].includes(error.status);

/** How a link is called where it stands for itself. @param {Link} link */
const nameOf = ({ words, url }) => (words ? `“${words}”` : url);

/** Let a link of one's own expire; null when that did not work. @param {string} api @param {Link} link @param {number | null} expires_in seconds from now; null: never @returns {Promise<Link | null>} */
export async function expire(api, link, expires_in) {
  try {
    const { expires_at } = await manage(api, link, { method: 'PATCH', body: JSON.stringify({ expires_in }) });
    const changed = { ...link, expires_at, expires_in };
    keep(LINK + link.token, changed);
    tell(gettext('The expiry was changed.'));
    return changed;
  } catch (error) {
    tell(gettext('That did not work: {reason}', { reason: reasonOf(error) }));
    return null;
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

/** Revoke these, and tell what came of it; those that could not be revoked are told by name and stay. One after the
 * other: a service may count how often it is asked. @param {string} api @param {Link[]} links @returns {Promise<string[]>} the tokens of those that are gone */
export async function revokeAll(api, links) {
  const gone = [];
  const left = [];
  let reason = '';
  for (const link of links) {
    try {
      await manage(api, link, { method: 'DELETE' }).catch((error) => {
        if (!isGone(error)) throw error;
      });
      // Other pages that are open tell by this that it was revoked, and not only forgotten.
      keep(LINK + link.token, null);
      keep(LINK + link.token);
      gone.push(link.token);
    } catch (error) {
      left.push(nameOf(link));
      reason = reasonOf(error);
    }
  }
  dispatchEvent(new Event(KEPT));
  if (left.length) tell(gettext('Not revoked, and still open: {links}. {reason}', { links: left.join(', '), reason }));
  else tell(ngettext('The link was revoked: nobody can open it any more.', 'The links were revoked: nobody can open them any more.', gone.length));
  return gone;
}

/** @param {string} token @returns the links of the visit in which this one was made, with it */
const visitOf = (token) => rowsOf(ownLinks()).find((links) => links.some((link) => link.token === token));

/** What is told of the links that are revoked with one. @param {number} n of them */
export const along = (n) =>
  n > 0 ? ngettext('{n} link that you made on the way to it is revoked with it.', '{n} links that you made on the way to it are revoked with it.', n) : '';

/** The same of the link `token`. @param {string} token */
export const othersOf = (token) => along((visitOf(token)?.length ?? 1) - 1);

/** Revoke the link `token` and all others that were made in the same visit. @param {string} api @param {string} token @returns {Promise<string[]>} the tokens of those that are gone */
export async function revokeVisit(api, token) {
  const row = visitOf(token);
  if (row) return revokeAll(api, row);
  tell(gettext('This browser has no key for this link any more, so it cannot be revoked from here.'));
  return [];
}
