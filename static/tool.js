/** The tool: puts its parts together, and ties buttons and keys to what they do. */

import { KEYS_OFF, LINK, OFF, keep, recall } from './drafts.js';
import { Gestures } from './gestures.js';
import { Keys } from './keys.js';
import { Marking } from './marking.js';
import { doers, gettext, give, hooks, learn, tell } from './page.js';
import { act } from './sharing.js';
import { Visit } from './visit.js';

/** Start it. Answers with what takes the page's events. @param {HTMLElement} root @param {string} text of it, as published @returns {Promise<(event: Event) => void>} */
export async function start(root, text) {
  learn();
  const marking = new Marking(root, text);
  // A breath in between: with many snippets either half takes its time.
  await new Promise((done) => setTimeout(done));
  const visit = new Visit(marking);
  const { saver } = visit;
  const gestures = new Gestures(marking);
  const keys = new Keys(gestures);

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

  /** @type {Record<string, (control: import('./page.js').Hook) => unknown>} */
  const actions = {
    mark: () => gestures.mark(gestures.selected),
    color: ({ dataset }) => gestures.paint(dataset.color ?? ''),
    remove: () => gestures.remove(),
    pick: ({ dataset }) => gestures.pick(Number(dataset.number)),
    keyboard: () => keys.keyboard.toggle(),
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

  for (const button of doers('share')) button.hidden = !navigator.share;
  for (const select of doers('expiry')) select.value = String(visit.expires ?? '');
  for (const box of doers('keys')) box.checked = !recall(KEYS_OFF);
  turn(Boolean(recall(OFF)));
  return (event) => {
    if (event instanceof KeyboardEvent) return keys.press(event);
    if (event instanceof PopStateEvent) {
      gestures.hide();
      return visit.move(event);
    }
    const control = /** @type {HTMLElement} */ (event.target).closest('[data-do]');
    const button = control instanceof HTMLButtonElement;
    const name = control?.getAttribute('data-do') ?? '';
    if (control && button === (event.type === 'click')) {
      const hook = /** @type {import('./page.js').Hook} */ (control);
      if (actions[name]) actions[name](hook);
      else act(visit, gestures, hook);
    }
    else if (event instanceof MouseEvent) gestures.click(event);
  };
}
