/** Ways to pass snippets on, and what else the controls do that is seldom wanted. Loaded when first asked for. */

import { KEYS_OFF, keep, ownLink } from './drafts.js';
import { copyByCommand, gettext, give, tell } from './page.js';

/** @typedef {import('./marking.js').Marking} Marking */
/** @typedef {import('./text.js').Span} Span */

/** Up to so many characters a quote stands in a text fragment as a whole, else its first and last words. */
const WHOLE = 200;
/** Words at each end of a longer quote, and of context around an ambiguous one. */
const EDGE = 5;

/** @param {string} text */
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The snippets as quotations with their source, as text and as HTML. @param {Marking} marking @param {string} url */
function quotation(marking, url) {
  const { root, snippets } = marking;
  const title = root.querySelector('h1')?.textContent ?? '';
  const quotes = snippets.map((snippet) => marking.quote(snippet));
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

/** A link to the article that lets the browser find the words, without the service. @param {Marking} marking @param {string} url of the article */
function fragment({ text, snippets }, url) {
  // What stands before the article is searched first.
  const page = [...document.querySelectorAll('.masthead, .preface, #marking')].map((part) => part.textContent).join(' ') + text;
  return `${url.replace(/#.*/, '')}#:~:${snippets.map((snippet) => `text=${directive(page, text, snippet)}`).join('&')}`;
}

/** See https://wicg.github.io/scroll-to-text-fragment/: a term never crosses a block, its context may stand in the next one.
 * @param {string} page where browsers look for it @param {string} text @param {Span} span */
function directive(page, text, { start, end }) {
  const quote = text.slice(start, end);
  const lines = quote.split(/\n+/);
  const whole = lines.length === 1 && quote.length <= WHOLE;
  const terms = whole ? [quote] : [first(lines[0]), last(lines[lines.length - 1])];
  const before = last(text.slice(0, start).trimEnd().split('\n').pop() ?? '');
  const after = first(text.slice(end).trimStart().split('\n', 1)[0]);
  const twice = recurs(page, terms[0]) || (!whole && recurs(quote, terms[1]));
  return [twice && before && `${encode(before)}-`, ...terms.map(encode), twice && after && `-${encode(after)}`].filter(Boolean).join();
}

/** As browsers compare, without case and accents. @param {string} text */
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** @param {string} text @param {string} term */
const recurs = (text, term) => fold(text).indexOf(fold(term)) !== fold(text).lastIndexOf(fold(term));

/** @param {string} line */
const first = (line) => line.trim().split(/\s+/).slice(0, EDGE).join(' ');

/** @param {string} line */
const last = (line) => line.trim().split(/\s+/).slice(-EDGE).join(' ');

/** A hyphen is syntax there, and no URI escape by itself. @param {string} term */
const encode = (term) => encodeURIComponent(term).replace(/-/g, '%2D');

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
 * @param {import('./visit.js').Visit} visit @param {import('./gestures.js').Gestures} gestures
 * @param {import('./page.js').Hook} control
 */
export function act(visit, gestures, control) {
  const { marking, saver } = visit;
  const home = new URL(visit.home, location.href).href;

  /** @type {Record<string, () => unknown>} */
  const acts = {
    async 'snippet-link'() {
      const hash = `#snippet-${gestures.toolbar.snippet?.number}`;
      gestures.hide();
      const share = await visit.stored();
      give(share && share.url + hash);
    },
    async quote() {
      const forms = quotation(marking, (await visit.stored())?.url ?? home);
      if (await copy(forms)) tell(gettext('Copied.'));
      else give(forms.text);
    },
    fragment: () => give(fragment(marking, home)),
    async share() {
      const url = (await visit.stored())?.url;
      if (url) navigator.share({ title: document.title, url }).catch(() => {});
      else give(url);
    },
    async links() {
      const { showLinks } = await import('./links.js');
      showLinks(visit.api, (token) => saver.forget(token));
      /** @type {HTMLDialogElement | null} */ (document.getElementById('drafts'))?.showModal();
    },
    keys: () => keep(KEYS_OFF, control.checked ? undefined : true),
    async expiry() {
      const seconds = Number(control.value) || null;
      const link = saver.share && ownLink(saver.share.token);
      const changed = link && (await (await import('./links.js')).expire(visit.api, link, seconds));
      if (changed || !link) {
        visit.expires = seconds;
        visit.want(changed);
      } else control.value = String(visit.expires ?? '');
    },
  };
  return acts[control.dataset.do ?? '']?.();
}
