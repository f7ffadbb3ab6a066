/** "My links on this device": what this browser issued, with expiry and revoking. Loaded when first asked for. */

import { changeLink, dropLink, ownLinks } from './drafts.js';
import { gettext, ngettext } from './language.js';
import { hooks, tell } from './page.js';
import { date } from './panel.js';
import { Refusal, expire, revoke } from './service.js';

/** @typedef {import('./drafts.js').Link} Link */

/** @param {string} api @param {(token: string) => void} revoked */
export function showLinks(api, revoked) {
  const links = ownLinks();
  for (const hook of hooks('no-links')) hook.hidden = links.length > 0;
  for (const hook of hooks('links')) hook.replaceChildren(...links.map((link) => item(api, link, revoked)));
}

/** @param {string} api @param {Link} link @param {(token: string) => void} revoked */
function item(api, link, revoked) {
  const entry = make('li', 'link-item');
  const words = make('a', 'link-quote', link.words);
  const facts = make('span', 'link-facts meta');
  const row = make('span', 'row');
  const button = make('button', 'button danger', gettext('Revoke'));
  const select = expiry();
  words.href = link.url;
  const describe = () => {
    facts.textContent = [
      link.title,
      ngettext('{n} snippet', '{n} snippets', link.count),
      link.created_at && date(link.created_at),
      link.expires_at && gettext('works until {date}', { date: date(link.expires_at) }),
    ].filter(Boolean).join(' · ');
  };
  describe();
  select.onchange = async () => {
    try {
      const share = await expire(api, link, Number(select.value) || null);
      link.expires_at = share.expires_at;
      changeLink(link);
      describe();
      tell(gettext('The expiry was changed.'));
    } catch (error) {
      tell(refusal(error));
    }
    select.value = 'keep';
  };
  // A second press revokes: there is no way back from it.
  button.onclick = async () => {
    if (!button.dataset.sure) {
      button.dataset.sure = 'yes';
      button.textContent = gettext('Revoke for good?');
      return;
    }
    try {
      await revoke(api, link);
    } catch (error) {
      if (!(error instanceof Refusal && [404, 410].includes(error.status))) return tell(refusal(error));
    }
    dropLink(link.token);
    entry.remove();
    revoked(link.token);
    tell(gettext('The link was revoked: nobody can open it any more.'));
  };
  row.append(select, button);
  entry.append(words, facts, row);
  return entry;
}

function expiry() {
  const select = make('select');
  select.setAttribute('aria-label', gettext('Expiry'));
  /** @type {[string, string][]} */
  const choices = [
    ['keep', gettext('Change expiry…')],
    ['', gettext('for good')],
    ['86400', gettext('for a day')],
    ['604800', gettext('for a week')],
    ['2592000', gettext('for a month')],
  ];
  for (const [value, text] of choices) select.append(new Option(text, value));
  return select;
}

/** @param {unknown} error */
function refusal(error) {
  const detail = error instanceof Refusal && error.status ? error.message : gettext('The service cannot be reached.');
  return gettext('That did not work: {reason}', { reason: detail });
}

/** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {string} [kind] @param {string} [text] */
function make(name, kind = '', text = '') {
  const element = document.createElement(name);
  element.className = kind;
  element.textContent = text;
  return element;
}
