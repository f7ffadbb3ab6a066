/** The tool: puts its parts together, and ties buttons and keys to what they do. */

import { give } from './clipboard.js';
import { KEYS_OFF, LINK, OFF, keep, recall, safely } from './drafts.js';
import { doers, hooks, rove } from './elements.js';
import { reveal } from './folds.js';
import { Gestures } from './gestures.js';
import { published } from './ground.js';
import { gettext, learn } from './i18n.js';
import { Marking } from './marking.js';
import { tell } from './notices.js';
import { Visit } from './visit.js';

const breath = () => new Promise((done) => setTimeout(done));

/** Start it. Answers with what takes the page's events.
 * @param {HTMLElement} root @param {import('./i18n.js').Messages} messages @returns {Promise<(event: Event) => void>} */
export async function start(root, messages) {
  learn(messages);
  const failed = () => tell(gettext('That did not work: {reason}', { reason: gettext('the service cannot be reached') }));
  const { text, snippets } = await published(root, document.body.dataset.api ?? '').catch((error) => {
    failed();
    throw error;
  });
  const marking = new Marking(root, text, snippets);
  // A breath in between: with many snippets each part takes its time.
  await breath();
  const visit = new Visit(marking);
  await breath();
  if (!visit.begin()) return () => {};
  await breath();
  const { saver } = visit;
  const gestures = new Gestures(marking);
  marking.changed = () => {
    // What is offered was for what was marked before.
    gestures.hide();
    visit.want();
  };
  /** @type {import('./keys.js').Keys | undefined} */
  let keys;
  /** @type {Promise<import('./keys.js').Keys> | undefined} in whose order keys wait that are pressed before it is there */
  let coming;
  const wait = () => (coming ??= import('./keys.js').then(({ Keys }) => (keys = new Keys(gestures))));
  const missing = () => {
    coming = undefined;
    failed();
  };

  /** @param {string} name */
  const open = (name) => /** @type {HTMLDialogElement | null} */ (document.getElementById(name))?.showModal();

  /** @param {boolean} off */
  function turn(off) {
    gestures.hide();
    gestures.off = off;
    document.body.dataset.tool = off ? 'off' : 'on';
    for (const hook of hooks('off')) hook.hidden = !off;
    for (const button of [...doers('keyboard'), ...doers('off')]) button.disabled = off;
  }

  /** @type {Record<string, (control: import('./elements.js').Hook) => unknown>} */
  const actions = {
    mark: () => gestures.mark(),
    color: ({ dataset }) => gestures.paint(dataset.color ?? ''),
    remove: () => gestures.remove(),
    pick: ({ dataset }) => gestures.pick(Number(dataset.number)),
    keyboard: () => wait().then((ready) => ready.keyboard.toggle(), missing),
    undo: () => marking.undo(),
    redo: () => marking.redo(),
    clear: () => gestures.remove(marking.snippets),
    copy: async () => give((await visit.stored())?.url),
    help: () => open('help'),
    close: (button) => button.closest('dialog')?.close(),
    off() {
      keep(OFF, true);
      turn(true);
      tell(gettext('Marking is switched off. It can be switched on again beside the article.'));
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

  addEventListener('storage', ({ key, newValue }) => newValue === null && key?.startsWith(LINK) && saver.forget(key.slice(LINK.length)));
  addEventListener('online', () => saver.flush());
  addEventListener('pagehide', () => visit.leave());

  for (const list of hooks('list')) {
    // One tab stop, once it has been entered; arrows lead through it.
    list.addEventListener('focusin', ({ target }) => rove([...list.querySelectorAll('a')], /** @type {HTMLAnchorElement} */ (target)));
  }
  for (const button of doers('share')) button.hidden = !navigator.share;
  for (const select of doers('expiry')) select.value = String(visit.expires ?? '');
  for (const box of doers('keys')) box.checked = !recall(KEYS_OFF);
  turn(Boolean(recall(OFF)));
  return (event) => {
    if (event instanceof KeyboardEvent) {
      if (keys) keys.press(event);
      else wait().then((ready) => ready.press(event), missing);
      return;
    }
    if (event instanceof PopStateEvent) {
      gestures.hide();
      return visit.move(event);
    }
    const control = /** @type {HTMLElement} */ (event.target).closest('[data-do]');
    const name = control?.getAttribute('data-do') ?? '';
    if (name === 'print') {
      // The link leads there, but while what is marked has none.
      if (!saver.order || saver.share || event.defaultPrevented) return;
      event.preventDefault();
    }
    if (control && control.matches('button, a') === (event.type === 'click')) {
      const hook = /** @type {import('./elements.js').Hook} */ (control);
      if (actions[name]) actions[name](hook);
      else import('./sharing.js').then(({ act }) => act(visit, gestures, hook), missing);
    }
    else if (event instanceof MouseEvent) {
      const jump = /** @type {Element} */ (event.target).closest('a')?.getAttribute('href') ?? '';
      // Not every browser opens the fold that it jumps into.
      if (jump.startsWith('#')) reveal(document.getElementById(safely(() => decodeURIComponent(jump.slice(1))) ?? ''));
      gestures.click(event);
    }
  };
}
