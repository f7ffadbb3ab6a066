/** What stands around the article: the interface's words, what is told, the panel and the toolbar. */

import { date } from './clock.js';
import { COLORS } from './marking.js';

/** @typedef {HTMLElement & {value: string, href: string, disabled: boolean, checked: boolean, select: () => void}} Hook */

/** @type {Record<string, string | Record<string, string>>} translations by their English text; none for English */
let messages = {};

/** @param {string} text @param {Record<string, string | number>} values */
const fill = (text, values) => text.replace(/{(\w+)}/g, (whole, name) => String(values[name] ?? whole));

/** Read the page's data block. */
export function learn() {
  messages = JSON.parse(document.getElementById('messages')?.textContent || '{}');
}

/** @param {string} id @param {Record<string, string | number>} [values] */
export const gettext = (id, values = {}) => fill(String(messages[id] ?? id), values);

/** @param {string} one @param {string} more @param {number} n */
export function ngettext(one, more, n) {
  const { lang } = document.documentElement;
  const category = new Intl.PluralRules(lang).select(n);
  const forms = /** @type {Record<string, string>} */ (messages[one] ?? { one });
  // The first number that a browser formats costs it a long task, and most need no formatting.
  return fill(forms[category] ?? forms.other ?? more, { n: n > 999 ? n.toLocaleString(lang) : n });
}

/** The elements that show something. @param {string} name @returns {Hook[]} */
export const hooks = (name) => Array.from(document.querySelectorAll(`[data-show="${name}"]`));

/** The controls that do something. @param {string} name @returns {Hook[]} */
export const doers = (name) => Array.from(document.querySelectorAll(`[data-do="${name}"]`));

/** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {Partial<HTMLElementTagNameMap[K]>} [properties] @param {(Node | string)[]} children */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  Object.assign(element, properties);
  element.append(...children);
  return element;
}

/** Say it to screen readers alone. @param {string} text */
export const say = (text) => document.getElementById('status')?.replaceChildren(make('p', {}, text));

/** Say and show it, with a way back where there is one. @param {string} text @param {() => void} [undo] */
export function tell(text, undo) {
  const toast = make('p', { className: 'toast' }, text);
  if (undo) toast.append(make('button', { type: 'button', className: 'tool', onclick: () => (toast.remove(), undo()) }, gettext('Undo')));
  document.getElementById('toasts')?.replaceChildren(toast);
  setTimeout(() => toast.remove(), 8000);
  say(text);
}

/** Copy where the browser forbids the clipboard itself. @param {Record<string, string>} forms by media type */
export function copyByCommand(forms) {
  let done = false;
  const put = (/** @type {ClipboardEvent} */ event) => {
    event.preventDefault();
    for (const type in forms) event.clipboardData?.setData(type, forms[type]);
    done = true;
  };
  document.addEventListener('copy', put);
  document.execCommand('copy');
  document.removeEventListener('copy', put);
  return done;
}

/** Copy, and say what came of it. @param {string | null | undefined} text nothing: there is no link yet */
export async function give(text) {
  const refused = document.querySelector('[data-state="refused"] .state')?.textContent;
  if (!text) return tell(refused ?? gettext('The link is not stored yet, so it cannot be copied. It is tried again.'));
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyByCommand({ 'text/plain': text })) return tell(gettext('The browser does not let this page copy. Copy the link from the address bar.'));
  }
  tell(gettext('Copied.'));
}

/** The beginning of a quote. @param {string} text */
export const shorten = (text) => text.replace(/\s+/g, ' ').replace(/^(.{110}.{0,30}(?!\S)|.{140}).+/su, '$1…');

/** An address as this page spells it: of this host, and in the interface's language if one was asked for. @param {string} url */
export function inPage(url) {
  const address = new URL(url, location.href);
  const { lang } = document.documentElement.dataset;
  if (lang) address.searchParams.set('lang', lang);
  return address.pathname + address.search;
}

/* The panel: how many snippets, their link and its state, what can be done with them. */

/** @param {import('./saving.js').Saver} saver */
function words({ state, share, reason }) {
  return {
    none: '',
    saving: gettext('Saving the link…'),
    saved: share?.expires_at
      ? gettext('Saved. The link works until {date}.', { date: date(share.expires_at) })
      : gettext('Saved. The link is in the address bar.'),
    retrying: gettext('The link could not be saved yet. Your marks are kept in this browser, and it is tried again.'),
    refused: gettext('The link could not be saved: {reason}', { reason }),
    revoked: gettext('This link was revoked. “Copy link” makes a new one.'),
  }[state];
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let filling;
/** Entries of the list that are made in one go. */
const PIECE = 100;

/** Whether the count was told: telling it costs some time, and what the page came with is right. */
let counted = false;

/**
 * @param {import('./marking.js').Marking} marking @param {import('./saving.js').Saver} saver
 * @param {boolean} opened whether these are the snippets that the page came with, and lists itself
 * @param {boolean} own whether the link is the reader's own; on another's the panel waits until something is marked
 */
export function show({ snippets, done, undone, root, text }, saver, opened, own) {
  const { state, share } = saver;
  const panel = document.getElementById('panel');
  const wanted = done.length || undone.length || (snippets.length && (own || !opened));
  if (panel) panel.hidden = !wanted;
  document.body.dataset.state = state;
  for (const part of document.querySelectorAll('[data-of-share]')) /** @type {HTMLElement} */ (part).hidden = !opened;
  // What a bookmark or an e-mail will be called.
  const title = document.querySelector('.running b')?.textContent ?? '';
  if (wanted || counted) {
    counted = true;
    const count = ngettext('{n} snippet', '{n} snippets', snippets.length);
    for (const hook of hooks('count')) hook.textContent = count;
    document.title = (snippets.length ? `${count}: ` : '') + title;
  }
  for (const hook of hooks('state')) {
    const now = words(saver);
    if (now !== hook.textContent && state !== 'saving') say(now);
    hook.textContent = now;
  }
  for (const hook of hooks('link')) hook.value = share?.url ?? '';
  for (const hook of hooks('address')) hook.textContent = share?.url ?? location.href;
  const print = share && location.origin + inPage(share.print_url);
  link('print', print);
  // What the head of the page offers to print is what stands on the page.
  for (const head of doers('print')) {
    const { ofPage = (head.dataset.ofPage = head.href), ofArticle = '' } = head.dataset;
    head.href = opened ? ofPage : print ?? ofArticle;
  }
  link('qr', share && `${share.url}/qr.svg`);
  link('email', share && `mailto:?subject=${encodeURIComponent(document.title)}&body=${encodeURIComponent(share.url)}`);
  able('undo', done);
  able('redo', undone);
  able('clear', snippets);
  clearTimeout(filling);
  const list = hooks('list').find((hook) => !hook.closest('[data-of-share]'));
  if (!list) return;
  let scrollTop = 0;
  const at = [...list.children].findIndex((entry) => entry.contains(document.activeElement));
  const listed = opened ? [] : snippets;
  let made = 0;
  const extend = () => {
    if (!made) ({ scrollTop } = list);
    const entries = listed.slice(made, made + PIECE).map(({ number, color, start, end }) => {
      const quote = make('q', { className: 'quote', lang: root.lang, dir: root.dir }, shorten(text.slice(start, end)));
      const entry = make('li', { className: 'entry', value: number }, make('a', { href: `#snippet-${number}` }, quote));
      entry.dataset.color = color;
      return entry;
    });
    if (made) list.append(...entries);
    else list.replaceChildren(...entries);
    made += PIECE;
    if (made < listed.length) filling = setTimeout(extend);
    else {
      list.scrollTop = scrollTop;
      if (at >= 0) list.children[Math.min(at, listed.length - 1)]?.querySelector('a')?.focus();
    }
  };
  // It may be long, and can wait until the mark is painted.
  filling = setTimeout(extend);
}

/** @param {string} name @param {string | null} [href] */
function link(name, href) {
  for (const hook of hooks(name)) Object.assign(hook, { hidden: !href, href: href ?? '' });
}

/** A button that has the focus keeps it, though there is nothing more for it to do. @param {string} name @param {unknown[]} use */
function able(name, use) {
  for (const button of doers(name)) button.disabled = !use.length && button !== document.activeElement;
}

/** Leave many controls one tab stop. @param {HTMLElement[]} all @param {HTMLElement} [stop] */
export function rove(all, stop = all[0]) {
  for (const each of all) each.tabIndex = each === stop ? 0 : -1;
}

/* The toolbar by a selection or a mark. It takes neither focus nor selection; its buttons are the tool's. */

/** @typedef {import('./text.js').Snippet} Snippet */
/**
 * @typedef {object} Subject
 * @property {DOMRect} place in the window
 * @property {boolean} [above] where the toolbar goes by preference
 * @property {boolean} touch keep clear of the system's own menu and handles, at the edge of the screen
 * @property {string} color the reader's last one
 * @property {boolean} [selecting] whether it is about a selection
 * @property {Snippet[]} snippets at that place, the one most likely meant first
 */

/** Room between the bar and what it belongs to, in px. */
const GAP = 8;

export class Toolbar {
  element = make('div', { id: 'toolbar', className: 'toolbar', hidden: true, role: 'toolbar', ariaLabel: gettext('Marking') });
  /** @type {Snippet | null} the snippet it is about; null: a selection */ snippet = null;
  /** Where the page was scrolled to when it was shown. */ scroll = 0;

  constructor() {
    // The default of a press on a button is to move focus, and of one anywhere to drop the selection.
    this.element.onmousedown = (event) => event.preventDefault();
    (document.querySelector('main') ?? document.body).append(this.element);
  }

  hide() {
    this.element.hidden = true;
    this.snippet = null;
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.element.querySelector('[aria-pressed="true"], button'))?.focus({ preventScroll: true });
  }

  /** @param {Subject} subject @param {number} [number] of the snippet that is meant */
  show(subject, number) {
    const { place, above, touch, color, selecting, snippets } = subject;
    const { element } = this;
    this.subject = subject;
    this.snippet = (!selecting && (snippets.find((snippet) => snippet.number === number) ?? snippets[0])) || null;
    const present = this.snippet?.color ?? color;
    const names = [gettext('Yellow'), gettext('Green'), gettext('Blue'), gettext('Pink')];
    const parts = COLORS.map((each, index) => button('color', names[index], { color: each }, '', each === present));
    if (selecting) parts.unshift(button('mark', '', {}, gettext('Mark')));
    else {
      parts.push(button('snippet-link', gettext('Copy a link to this snippet'), { icon: 'link' }));
      if (snippets.length > 1) {
        parts.unshift(
          ...snippets.map(({ number }) => {
            const name = gettext('Snippet {number}', { number });
            return button('pick', name, { number }, String(number), number === this.snippet?.number);
          }),
        );
      }
    }
    if (snippets.length) parts.push(button('remove', gettext('Remove'), { icon: 'remove' }));
    const focused = element.contains(document.activeElement);
    element.replaceChildren(...parts);
    rove(parts);
    if (focused) this.focus();
    element.hidden = false;
    this.scroll = scrollY;
    element.classList.toggle('at-edge', touch);
    element.classList.toggle('top', touch && place.bottom > innerHeight * 0.6 && place.top > innerHeight * 0.25);
    const { width, height } = element.getBoundingClientRect();
    const over = place.top - GAP - height;
    const under = place.bottom + GAP;
    const top = (above && over > GAP) || under + height > innerHeight ? over : under;
    const most = document.documentElement.clientWidth - width - GAP;
    element.style.left = `${Math.max(0, Math.min(most, place.left + (place.width - width) / 2))}px`;
    element.style.top = `${Math.max(GAP, Math.min(innerHeight - height - GAP, top))}px`;
  }
}

/** @param {string} action @param {string} label @param {Record<string, any>} data @param {string} [text] @param {boolean} [pressed] */
function button(action, label, data, text = '', pressed) {
  const className = data.color ? 'swatch' : data.icon ? 'tool icon' : 'tool';
  const made = make('button', { type: 'button', className, title: label }, text);
  Object.assign(made.dataset, { do: action, ...data });
  if (label) made.ariaLabel = label;
  if (pressed !== undefined) made.ariaPressed = String(pressed);
  return made;
}
