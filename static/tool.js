/** The tool: puts its parts together, and ties buttons and keys to what they do. */

import { KEYS_OFF, LINK, OFF, keep, recall } from './drafts.js';
import { Gestures } from './gestures.js';
import { COLORS } from './marking.js';
import { doers, gettext, hooks, learn, step, tell } from './page.js';
import { Visit } from './visit.js';

/** Start it. Answers with what takes the page's events. @param {HTMLElement} root @param {string} text of it, as published @returns {(event: Event) => void} */
export function start(root, text) {
  learn();
  const visit = new Visit(root, text);
  const { marking, saver } = visit;
  const gestures = new Gestures(marking);
  /** @type {import('./keyboard.js').Keyboard | undefined} */
  let keyboard;
  /** @type {KeyboardEvent[] | null} pressed while the keyboard's module was on its way */
  let early = null;

  async function keys() {
    const { Keyboard } = await import('./keyboard.js');
    return (keyboard ??= new Keyboard(gestures, document.getElementById('keyboard-mark')));
  }

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
    async keyboard() {
      if (keyboard?.on) return keyboard.stop();
      early = [];
      const ready = await keys();
      ready.start();
      early.forEach((event) => ready.press(event));
      early = null;
    },
    undo: () => marking.undo(),
    redo: () => marking.redo(),
    clear: () => gestures.remove(marking.snippets),
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

  /** @param {import('./page.js').Hook} control */
  const rare = async (control) => (await import('./sharing.js')).act(visit, gestures, control);

  /** @type {Record<string, () => unknown>} */
  const shortcuts = {
    'ctrl+z': () => marking.undo(),
    'ctrl+shift+z': () => marking.redo(),
    'ctrl+y': () => marking.redo(),
    'alt+shift+m': () => gestures.mark(),
    'alt+shift+k': () => doers('keyboard')[0]?.click(),
    'alt+shift+c': () => doers('copy')[0]?.click(),
    'alt+shift+n': async () => (await keys()).jump(1),
    'alt+shift+p': async () => (await keys()).jump(-1),
    'alt+shift+h': () => open('help'),
  };

  /** @param {KeyboardEvent} event */
  function press(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (early) {
      event.preventDefault();
      early.push(event);
      return;
    }
    if (keyboard?.on) keyboard.press(event);
    else if (event.key === 'Escape') gestures.hide();
    if (event.defaultPrevented) return;
    step(event);
    const href = target.closest('.snippet-list a')?.getAttribute('href');
    const listed = href && marking.snippets.find(({ number }) => href === `#snippet-${number}`);
    const keyed = chord(event);
    const color = COLORS[Number(keyed) - 1];
    if (listed && color) marking.recolor(listed, color);
    if (listed && keyed === 'delete') gestures.remove([listed]);
    const typing = target.matches('input:not([readonly]), textarea, select') || target.closest('dialog');
    if (!shortcuts[keyed] || typing || recall(KEYS_OFF) || recall(OFF)) return;
    event.preventDefault();
    shortcuts[keyed]();
  }

  addEventListener('storage', ({ key, newValue }) => newValue === null && key?.startsWith(LINK) && saver.forget(key.slice(LINK.length)));
  addEventListener('online', () => saver.flush());
  addEventListener('pagehide', () => visit.leave());

  for (const button of doers('share')) button.hidden = !navigator.share;
  for (const select of doers('expiry')) select.value = String(visit.expires ?? '');
  for (const box of doers('keys')) box.checked = !recall(KEYS_OFF);
  turn(Boolean(recall(OFF)));

  return (event) => {
    if (event instanceof KeyboardEvent) return press(event);
    if (event instanceof PopStateEvent) {
      gestures.hide();
      return visit.move(event);
    }
    const control = /** @type {HTMLElement} */ (event.target).closest('[data-do]');
    const button = control instanceof HTMLButtonElement;
    const name = control?.getAttribute('data-do') ?? '';
    if (control && button === (event.type === 'click')) (actions[name] ?? rare)(/** @type {any} */ (control));
    else if (event instanceof MouseEvent) gestures.click(event);
  };
}

/** The letter is what the key says or, where that is no Latin letter, what it says elsewhere. @param {KeyboardEvent} event */
function chord({ key, code, ctrlKey, metaKey, altKey, shiftKey }) {
  const letter = /^[^a-z]$/i.test(key) && code.startsWith('Key') ? code.slice(3) : key;
  return [(ctrlKey || metaKey) && 'ctrl', altKey && 'alt', shiftKey && 'shift', letter.toLowerCase()].filter(Boolean).join('+');
}
