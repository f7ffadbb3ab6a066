/** The entry point of the pages that hold an article: starts the tool, and ties buttons and keys to what they do. */

import { changeLink, dropLink, keep, ownLink, recall, revokedElsewhere } from './drafts.js';
import { COLOR, Gestures, OFF } from './gestures.js';
import { gettext, learn, ngettext } from './language.js';
import { rove, step } from './list.js';
import { COLORS } from './marks.js';
import { copy, doers, hooks, tell } from './page.js';
import { Refusal, expire } from './service.js';
import { Visit } from './visit.js';

const KEYS_OFF = 'snippets:keys-off';

/** @param {HTMLElement} root */
function start(root) {
  const visit = new Visit(root);
  const { marking, saver } = visit;
  const gestures = new Gestures(marking, document.getElementById('keyboard-mark'));

  /** @param {string} name */
  const dialog = (name) => /** @type {HTMLDialogElement | null} */ (document.getElementById(name));

  /** @param {string | null | undefined} text @param {string} [html] */
  async function give(text, html) {
    if (!text) return tell(gettext('The link is not stored yet, so it cannot be copied. It is tried again.'));
    if (await copy(text, html)) return tell(html ? gettext('The quotation was copied.') : gettext('The link was copied.'));
    const [field] = hooks('link');
    /** @type {any} */ (field)?.select?.();
    tell(gettext('The browser does not let this page copy. Copy the link from the field or the address bar.'));
  }

  /** @param {boolean} off */
  function turn(off) {
    gestures.hide();
    document.body.dataset.tool = off ? 'off' : 'on';
    for (const hook of hooks('off')) hook.hidden = !off;
    for (const button of [...doers('keyboard'), ...doers('off')]) button.disabled = off;
  }

  /** @type {Record<string, (button: HTMLElement) => unknown>} */
  const actions = {
    mark: () => gestures.mark(gestures.selected),
    color({ dataset: { color = 'yellow' } }) {
      keep(COLOR, (gestures.color = color));
      const { snippet } = gestures.toolbar;
      if (!snippet) return gestures.mark(gestures.selected, color);
      gestures.hide();
      marking.recolor(snippet, color);
    },
    remove: () => gestures.remove(gestures.snippets),
    pick: ({ dataset }) => gestures.choose(Number(dataset.number)),
    async 'snippet-link'() {
      const number = gestures.toolbar.snippet?.number;
      gestures.hide();
      const share = await visit.stored();
      give(share && `${share.url}#snippet-${number}`);
    },
    keyboard: () => (gestures.keyboard.on ? gestures.keyboard.stop() : gestures.keyboard.start()),
    undo: () => marking.undo(),
    redo: () => marking.redo(),
    clear: () => gestures.remove(marking.snippets),
    copy: async () => give((await visit.stored())?.url),
    async quote() {
      const [{ quotation }, share] = await Promise.all([import('./sharing.js'), visit.stored()]);
      const { text, html } = quotation(marking, share?.url ?? new URL(visit.home, location.href).href);
      give(text, html);
    },
    async fragment() {
      const { fragment } = await import('./sharing.js');
      give(fragment(marking, new URL(visit.home, location.href).href));
    },
    async share() {
      const url = (await visit.stored())?.url;
      if (url) navigator.share({ title: document.title, url }).catch(() => {});
      else give(url);
    },
    async links() {
      const { showLinks } = await import('./links.js');
      showLinks(visit.api, (gone) => saver.forget(gone));
      dialog('drafts')?.showModal();
    },
    help: () => dialog('help')?.showModal(),
    close: (button) => button.closest('dialog')?.close(),
    off() {
      keep(OFF, true);
      turn(true);
      tell(gettext('Marking is switched off. “Switch it on again” stands beside the article.'));
    },
    on() {
      keep(OFF);
      turn(false);
    },
    fold(button) {
      const body = document.getElementById('panel-body');
      if (body) button.ariaExpanded = String(!(body.hidden = !body.hidden));
    },
  };

  document.addEventListener('click', ({ target }) => {
    const button = /** @type {Element} */ (target).closest('button[data-do]');
    if (button instanceof HTMLElement) actions[button.dataset.do ?? '']?.(button);
  });

  document.addEventListener('change', async ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    if (target.dataset.do === 'keys') keep(KEYS_OFF, /** @type {HTMLInputElement} */ (target).checked ? undefined : true);
    if (target.dataset.do !== 'expiry') return;
    const seconds = Number(/** @type {HTMLSelectElement} */ (target).value) || null;
    const link = saver.share && ownLink(saver.share.token);
    if (!link) return visit.expire(seconds);
    try {
      const { expires_at } = await expire(visit.api, link, seconds);
      changeLink({ ...link, expires_at, expires_in: seconds });
      visit.expire(seconds, { ...link, expires_at });
    } catch (error) {
      /** @type {HTMLSelectElement} */ (target).value = String(visit.expires ?? '');
      tell(gettext('That did not work: {reason}', { reason: error instanceof Refusal && error.status ? error.message : gettext('The service cannot be reached.') }));
    }
  });

  document.addEventListener('keydown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === 'Escape') return gestures.hide();
    if (step(event)) return;
    const link = target.closest('.snippet-list a');
    const listed = link && marking.snippets.find(({ number }) => link.getAttribute('href') === `#snippet-${number}`);
    if (listed && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const color = COLORS[Number(event.key) - 1];
      if (color) marking.recolor(listed, color);
      else if (event.key === 'Delete') gestures.remove([listed]);
    }
    const shortcut = recall(KEYS_OFF) || recall(OFF) || target.matches('input:not([readonly]), textarea, select') ? '' : chord(event);
    const action = shortcuts[shortcut];
    if (!action || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    action();
  });

  /** @type {Record<string, () => unknown>} */
  const shortcuts = {
    'ctrl+z': () => marking.undo(),
    'ctrl+shift+z': () => marking.redo(),
    'ctrl+y': () => marking.redo(),
    'alt+shift+m': () => gestures.markSelection(),
    'alt+shift+k': () => actions.keyboard(root),
    'alt+shift+c': () => actions.copy(root),
    'alt+shift+n': () => gestures.jump(1),
    'alt+shift+p': () => gestures.jump(-1),
    'alt+shift+h': () => actions.help(root),
  };

  addEventListener('storage', (event) => {
    const gone = revokedElsewhere(event);
    if (gone) saver.forget(gone);
  });
  addEventListener('online', () => saver.flush());
  addEventListener('pagehide', () => visit.leave());

  for (const part of document.querySelectorAll('[data-script-only]')) /** @type {HTMLElement} */ (part).hidden = false;
  for (const button of doers('share')) button.hidden = !navigator.share;
  for (const select of doers('expiry')) select.value = String(visit.expires ?? '');
  for (const box of doers('keys')) /** @type {any} */ (box).checked = !recall(KEYS_OFF);
  for (const list of hooks('list')) rove(list);
  turn(Boolean(recall(OFF)));
  visit.restore();
  arrive(root);
}

/** The letter is what the key says, or, where that is no Latin letter, what it says elsewhere. @param {KeyboardEvent} event */
function chord({ key, code, ctrlKey, metaKey, altKey, shiftKey }) {
  const letter = /^[a-z]$/i.test(key) ? key : code.replace('Key', '');
  const parts = [(ctrlKey || metaKey) && 'ctrl', altKey && 'alt', shiftKey && 'shift', letter.toLowerCase()];
  return parts.filter(Boolean).join('+');
}

/** Scroll to the first snippet, on a fresh visit without a fragment only, and once the page is laid out anyway. @param {HTMLElement} root */
function arrive(root) {
  const [navigation] = performance.getEntriesByType('navigation');
  const fresh = /** @type {PerformanceNavigationTiming | undefined} */ (navigation)?.type === 'navigate' && !history.state?.own;
  if (!document.body.dataset.token || location.hash || !fresh) return;
  const scroll = () =>
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (!scrollY) root.querySelector('mark.snippet')?.scrollIntoView({ block: 'center', behavior: 'instant' });
      }),
    );
  if (document.readyState === 'complete') scroll();
  else addEventListener('load', scroll, { once: true });
}

learn(document);
const root = document.getElementById('article');
if (root) start(root);
