/** The tool: puts its parts together, and ties buttons and keys to what they do. */

// Joined in the order of the imports, here and in what is imported. This one compresses best, by 100 bytes.
import { aim } from './aim.js';
import { reveal } from './folds.js';
import { published } from './ground.js';
import { doers, hooks, rove } from './elements.js';
import { openPanel } from './panel.js';
import { Visit } from './visit.js';
import { give } from './clipboard.js';
import { loaded } from './loading.js';
import { tell } from './notices.js';
import { gettext, learn, ngettext } from './i18n.js';
import { Gestures } from './gestures.js';
import { KEYS_OFF, LINK, OFF, keep, recall, safely } from './drafts.js';

const breath = () => new Promise((done) => setTimeout(done));

/** Start it. Answers with what takes the page's events.
 * @param {HTMLElement} root @param {import('./i18n.js').Messages} messages
 * @param {() => boolean} pressed whether a pointer is held down, which may have been so before the tool came @returns {Promise<(event: Event) => void>} */
export async function start(root, messages, pressed) {
  learn(messages);
  const unreachable = () => tell(gettext('That did not work: {reason}', { reason: gettext('the service cannot be reached') }));
  const { ground, snippets } = await published(root).catch((error) => {
    unreachable();
    throw error;
  });
  // A breath in between: with many snippets each part takes its time.
  await breath();
  const visit = new Visit(ground, snippets);
  await breath();
  if (!visit.begin()) return () => {};
  await breath();
  const gestures = new Gestures(visit, pressed());
  visit.hide = () => gestures.hide();
  /** @type {import('./keys.js').Keys | undefined} */
  let keys;
  /** @type {Promise<import('./keys.js').Keys> | undefined} in whose order keys wait that are pressed before it is there */
  let coming;
  const wait = () => (coming ??= loaded('keys.js', () => import('./keys.js')).then(({ Keys }) => (keys = new Keys(gestures))));
  const missing = () => {
    coming = undefined;
    resetExpiry();
    unreachable();
  };

  /** The choice is what it was, where nothing came of another one. */
  function resetExpiry() {
    for (const select of doers('expiry')) select.value = String(visit.state.expires ?? '');
  }

  /** @param {boolean} off */
  function turn(off) {
    gestures.hide();
    gestures.off = off;
    document.body.dataset.tool = off ? 'off' : 'on';
    for (const hook of hooks('off')) hook.hidden = !off;
    for (const button of [...doers('keyboard'), ...doers('off')]) button.disabled = off;
  }

  async function copy() {
    const url = (await visit.link())?.url;
    give(url, ngettext('Link to {n} snippet copied.', 'Link to {n} snippets copied.', visit.state.snippets.length));
  }

  /** Go where an entry of the panel leads: there is no way back into the panel. @param {MouseEvent} event @param {string} jump */
  function leavePanel(event, jump) {
    if (!history.state?.panel || !/** @type {Element} */ (event.target).closest('#panel')) return;
    event.preventDefault();
    openPanel(false);
    location.replace(jump);
  }

  /** @type {Record<string, (control: import('./elements.js').Hook) => unknown>} */
  const actions = {
    mark: () => gestures.mark(),
    color: ({ dataset }) => gestures.paint(dataset.color ?? ''),
    'mark-copy': () => gestures.mark() && copy(),
    remove: () => gestures.remove(),
    keep() {
      gestures.hide();
      const { activeElement } = document;
      visit.keep();
      // What was pressed is gone.
      if (activeElement?.closest('#share, #toolbar, #panel')) doers('copy').find((button) => button.offsetHeight)?.focus({ preventScroll: true });
    },
    step: ({ dataset }) => gestures.step(Number(dataset.step)),
    pick: ({ dataset }) => gestures.pick(Number(dataset.number)),
    keyboard: () => wait().then((ready) => ready.keyboard.toggle(), missing),
    undo: () => visit.undo(),
    redo: () => visit.redo(),
    clear: () => gestures.remove(visit.state.snippets),
    copy,
    help() {
      const help = /** @type {HTMLDialogElement} */ (document.getElementById('help'));
      if (/Mac|iP/.test(navigator.platform)) {
        for (const key of help.querySelectorAll('kbd')) key.textContent = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' }[key.textContent ?? ''] ?? key.textContent;
      }
      help.showModal();
    },
    close: (button) => button.closest('dialog')?.close(),
    keys: ({ checked }) => keep(KEYS_OFF, checked ? undefined : true),
    off() {
      keep(OFF, true);
      turn(true);
      tell(gettext('Marking is switched off. It can be switched on again beside the article.'));
    },
    on() {
      keep(OFF);
      turn(false);
    },
    fold({ ariaExpanded }) {
      if (ariaExpanded === 'false') {
        // Back closes it.
        history.pushState({ ...history.state, panel: true }, '');
        openPanel(true);
      } else if (history.state?.panel) history.back();
      else openPanel(false);
    },
  };

  addEventListener('storage', ({ key, newValue }) => {
    // Revoked, and not only removed from the list.
    if (newValue === 'null' && key?.startsWith(LINK)) visit.revoke(key.slice(LINK.length));
  });
  addEventListener('online', () => visit.reconnect());
  addEventListener('pagehide', () => visit.leave());

  for (const list of hooks('list')) {
    // One tab stop, once it has been entered; arrows lead through it.
    list.addEventListener('focusin', ({ target }) => rove([...list.querySelectorAll('a')], /** @type {HTMLAnchorElement} */ (target)));
  }
  for (const button of doers('share')) button.hidden = !navigator.share;
  resetExpiry();
  for (const box of doers('keys')) box.checked = !recall(KEYS_OFF);
  turn(Boolean(recall(OFF)));
  openPanel(Boolean(history.state?.panel));
  return (event) => {
    if (event instanceof KeyboardEvent) {
      if (keys) keys.press(event);
      else wait().then((ready) => ready.press(event), missing);
      return;
    }
    if (event instanceof PopStateEvent) {
      gestures.hide();
      openPanel(Boolean(event.state?.panel));
      return visit.move(event);
    }
    const control = /** @type {HTMLElement} */ (event.target).closest('[data-do]');
    const name = control?.getAttribute('data-do') ?? '';
    if (name === 'print') {
      // The link leads there, but while what is marked has none.
      if (!visit.state.order || visit.state.share || event.defaultPrevented) return;
      event.preventDefault();
    }
    if (control && control.matches('button, a') === (event.type === 'click')) {
      const hook = /** @type {import('./elements.js').Hook} */ (control);
      if (actions[name]) actions[name](hook);
      else loaded('sharing.js', () => import('./sharing.js')).then(({ act }) => act(visit, gestures, hook), missing);
    }
    else if (event instanceof MouseEvent) {
      const jump = /** @type {Element} */ (event.target).closest('a')?.getAttribute('href') ?? '';
      // Not every browser opens the fold that it jumps into.
      if (jump.startsWith('#')) reveal(document.getElementById(safely(() => decodeURIComponent(jump.slice(1))) ?? ''));
      if (jump.startsWith('#snippet-')) {
        leavePanel(event, jump);
        aim(ground.root, Number(jump.slice(9)));
      }
      gestures.click(event);
    }
  };
}
