/** What keys do outside of the text: shortcuts, lists of snippets, the toolbar. Loaded with the first key. */

import { KEYS_OFF, OFF, recall } from './drafts.js';
import { doers, rove } from './elements.js';
import { Keyboard } from './keyboard.js';
import { COLORS } from './snippets.js';

export class Keys {
  /** @param {import('./gestures.js').Gestures} gestures */
  constructor(gestures) {
    const { visit } = gestures;
    this.gestures = gestures;
    this.keyboard = new Keyboard(gestures, document.getElementById('keyboard-mark'));
    /** @type {Record<string, () => unknown>} */
    this.shortcuts = {
      'ctrl+z': () => visit.undo(),
      'ctrl+shift+z': () => visit.redo(),
      'ctrl+y': () => visit.redo(),
      'alt+shift+m': () => gestures.mark(),
      'alt+shift+k': () => doers('keyboard')[0]?.click(),
      'alt+shift+c': () => visit.state.snippets.length && doers('copy')[0]?.click(),
      'alt+shift+n': () => this.keyboard.jump(1),
      'alt+shift+p': () => this.keyboard.jump(-1),
      'alt+shift+h': () => doers('help')[0]?.click(),
    };
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { keyboard, gestures } = this;
    // Not the event's target: an earlier key, waited for by this one, may have moved the focus.
    const target = document.activeElement ?? document.body;
    if (keyboard.on) keyboard.press(event);
    else if (event.key === 'Escape') gestures.putAway();
    if (event.defaultPrevented) return;
    step(event);
    const keyed = chord(event);
    const href = target.closest('.snippet-list a')?.getAttribute('href');
    const listed = href && gestures.visit.state.snippets.find(({ number, sent }) => href === `#snippet-${number}` && !sent);
    const color = COLORS[Number(keyed) - 1];
    if (listed && color) gestures.visit.recolor(listed, color);
    if (listed && keyed === 'delete') gestures.remove([listed]);
    const typing = target.matches(':read-write, select') || target.closest('dialog');
    if (!this.shortcuts[keyed] || typing || recall(KEYS_OFF) || recall(OFF)) return;
    event.preventDefault();
    this.shortcuts[keyed]();
  }
}

/** Arrows lead from one to the next of a list or a toolbar. @param {KeyboardEvent} event */
function step(event) {
  const here = /** @type {HTMLElement} */ (document.activeElement ?? document.body);
  const all = /** @type {HTMLElement[]} */ ([...here.closest('.snippet-list, .toolbar')?.querySelectorAll('a, button') ?? []]);
  const at = all.indexOf(here);
  const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  if (!all[to]) return;
  rove(all, all[to]);
  all[to].focus();
}

/** The letter is what the key says or, where that is no Latin letter, what it says elsewhere. @param {KeyboardEvent} event */
function chord({ key, code, ctrlKey, metaKey, altKey, shiftKey }) {
  const letter = /^[^a-z]$/i.test(key) && code.startsWith('Key') ? code.slice(3) : key;
  return [(ctrlKey || metaKey) && 'ctrl', altKey && 'alt', shiftKey && 'shift', letter.toLowerCase()].filter(Boolean).join('+');
}
