/** Ways to pass snippets on, and what else the controls do that is seldom wanted. Loaded when first asked for. */

import { inPage } from './address.js';
import { copyByCommand, give } from './clipboard.js';
import { doers, hooks } from './elements.js';
import { gettext } from './i18n.js';
import { loaded } from './loading.js';
import { tell } from './notices.js';
import { twice } from './twice.js';

/** @typedef {import('./visit.js').Visit} Visit */

/** @param {string} text */
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Snippets as quotations with their source, as text and as HTML.
 * @param {import('./ground.js').Ground} ground @param {import('./text.js').Snippet[]} snippets @param {string} url */
function quotation(ground, snippets, url) {
  const { root, title } = ground;
  const quotes = snippets.map((snippet) => ground.quote(snippet));
  const [open, close] = /^ru|^be/.test(root.lang) ? '«»' : '“”';
  const html = quotes.map(
    (quote) =>
      `<blockquote lang="${escape(root.lang)}" dir="${escape(root.dir)}" cite="${escape(url)}">` +
      `<p>${escape(quote).replace(/\n+/g, '</p><p>')}</p></blockquote>`,
  );
  return {
    text: `${quotes.map((quote) => open + quote + close).join('\n\n')}\n\n— ${title}\n${url}\n`,
    html: `${html.join('')}<p>— <a href="${escape(url)}">${escape(title)}</a></p>`,
  };
}

/** Copy as text and as HTML, by whichever way the browser allows. @param {{text: string, html: string}} forms @returns {Promise<boolean>} */
async function copy({ text, html }) {
  const forms = { 'text/plain': text, 'text/html': html };
  try {
    const blobs = Object.entries(forms).map(([type, form]) => [type, new Blob([form], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return true;
  } catch {
    return copyByCommand(forms);
  }
}

/**
 * Do what a control is for.
 * @param {Visit} visit @param {import('./gestures.js').Gestures} gestures
 * @param {import('./elements.js').Hook} control
 */
export function act(visit, gestures, control) {
  const home = new URL(visit.home, location.href).href;

  /** @param {import('./text.js').Snippet[]} snippets @param {string} place */
  async function quote(snippets, place) {
    const url = (await visit.link())?.url;
    const forms = quotation(visit.ground, snippets, url ? url + place : home);
    const copied = gettext('Quotation copied.');
    if (await copy(forms)) tell(copied);
    else give(forms.text, copied);
  }

  /** @type {Record<string, () => unknown>} */
  const acts = {
    async 'snippet-link'() {
      const number = gestures.toolbar.snippet?.number ?? 0;
      gestures.hide();
      const share = await visit.link();
      give(share && `${share.url}#snippet-${number}`, gettext('Link to snippet {number} copied.', { number }));
    },
    quote: () => quote(visit.state.snippets, ''),
    'snippet-quote'() {
      const { snippet } = gestures.toolbar;
      gestures.hide();
      if (snippet) quote([snippet], `#snippet-${snippet.number}`);
    },
    async fragment() {
      const { fragment } = await loaded('fragments.js', () => import('./fragments.js'));
      give(fragment(visit.ground.text, visit.state.snippets, home), gettext('Link copied.'));
    },
    async share() {
      const url = (await visit.link())?.url;
      if (url) navigator.share({ title: document.title, url }).catch(() => {});
      else give(url, '');
    },
    async expiry() {
      const { expireFrom } = await loaded('links.js', () => import('./links.js'));
      await expireFrom(visit, Number(control.value) || null);
      control.value = String(visit.state.expires ?? '');
    },
    async revoke() {
      const { othersOf, revokeVisit } = await loaded('links.js', () => import('./links.js'));
      // From now on the button asks by itself.
      delete control.dataset.do;
      const [note] = hooks('revoke-note');
      const others = othersOf(visit.state.share?.token ?? '');
      twice(control, note, gettext('Revoke for good?'), others, async () => {
        const gone = await revokeVisit(visit.api, visit.state.share?.token ?? '');
        for (const token of gone) visit.revoke(token);
        doers('copy')[0]?.focus({ preventScroll: true });
      });
      control.click();
    },
    async print() {
      const share = await visit.link();
      if (share) location.assign(inPage(share.print_url));
      else tell(gettext('The link could not be saved yet. Your marks are kept in this browser. Trying again.'));
    },
  };
  return acts[control.dataset.do ?? '']?.();
}
