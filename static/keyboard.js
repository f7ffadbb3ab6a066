/**
 * Marking with the keyboard alone: browsers give no caret in a page, so the selection itself is moved by words.
 */

import { caretAt } from './carets.js';
import { make } from './elements.js';
import { reveal } from './folds.js';
import { gettext } from './i18n.js';
import { leftOut } from './legend.js';
import { say } from './notices.js';
import { COLORS, shorten } from './snippets.js';

/** @typedef {import('./text.js').Span} Span */
/** @typedef {import('./words.js').Words} Words */

export class Keyboard {
  on = false;
  /** @type {Span} the word at which extending began */ #anchor = { start: 0, end: 0 };
  /** @type {Span} the word that moves */ #focus = this.#anchor;
  #hint = make('p', { className: 'hint' }, gettext('Arrows move by word and paragraph, Shift extends, Enter marks, Escape leaves.'));
  #jumped = 0;

  /** @param {import('./gestures.js').Gestures} gestures @param {HTMLElement | null} button that begins, and has the focus back after */
  constructor(gestures, button) {
    this.gestures = gestures;
    this.visit = gestures.visit;
    this.ground = this.visit.ground;
    this.button = button;
    const { root } = this.ground;
    const leave = () => this.on && document.hasFocus() && this.stop(false);
    root.addEventListener('focusout', leave);
    root.addEventListener('pointerdown', leave);
  }

  toggle() {
    if (this.on) this.stop();
    else this.#start();
  }

  #start() {
    const { ground } = this;
    const { root, words } = ground;
    if (!this.visit.stands()) return;
    const at = firstVisible(ground);
    const from = words.line(at).words.find(({ end }) => end > at)?.start ?? at;
    const word = next(words, from) ?? next(words, 0);
    if (!word) return;
    this.gestures.hide();
    root.tabIndex = -1;
    // Screen readers pass keys on to an application, and keep them to themselves in a document.
    root.role = 'application';
    root.focus({ preventScroll: true });
    this.#turn(true);
    document.querySelector('main')?.append(this.#hint);
    this.#anchor = this.#focus = word;
    this.#select(`${this.#hint.textContent} ${this.ground.quote(word)}`);
  }

  /** @param {boolean} [back] give the focus back */
  stop(back = true) {
    const { root } = this.ground;
    this.#turn(false);
    root.removeAttribute('role');
    root.removeAttribute('tabindex');
    this.#hint.remove();
    if (!back) return;
    getSelection()?.removeAllRanges();
    this.button?.focus({ preventScroll: true });
    say(gettext('Marking with the keyboard is over.'));
  }

  /** @param {boolean} on */
  #turn(on) {
    this.on = this.gestures.off = on;
    if (this.button) this.button.ariaPressed = String(on);
  }

  get #span() {
    return { start: Math.min(this.#anchor.start, this.#focus.start), end: Math.max(this.#anchor.end, this.#focus.end) };
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { key, shiftKey } = event;
    const color = COLORS[Number(key) - 1];
    const to = this.#target(key);
    const does = color || ['Enter', 'Escape', 'Delete', 'Backspace'].includes(key);
    // With Shift, Ctrl or Alt and an arrow browsers extend by words, as this does without them.
    const held = (event.ctrlKey || event.altKey || event.metaKey) && !(shiftKey && key.startsWith('Arrow'));
    if (held || (to === null && !does)) return;
    event.preventDefault();
    if (key === 'Escape' || !this.visit.stands()) return this.stop();
    if (to) {
      this.#focus = to;
      if (!shiftKey) this.#anchor = to;
    }
    if (!does) return this.#select();
    if (color || key === 'Enter') this.gestures.mark([this.#span], color);
    else this.gestures.remove(this.gestures.among([this.#span]));
    this.#anchor = this.#focus;
    this.#select('');
  }

  /** The word that a key leads to; undefined: there is none; null: not such a key. @param {string} key */
  #target(key) {
    const { root, text, words } = this.ground;
    const { start, end } = this.#focus;
    const line = words.line(start);
    const rtl = getComputedStyle(this.ground.rangeOf(this.#focus).startContainer.parentElement ?? root).direction === 'rtl';
    switch (key) {
      case rtl ? 'ArrowLeft' : 'ArrowRight':
        return next(words, end);
      case rtl ? 'ArrowRight' : 'ArrowLeft':
        return previous(words, start);
      case 'ArrowDown':
        return line.end < text.length ? next(words, line.end + 1) : undefined;
      case 'ArrowUp': {
        const above = line.start ? previous(words, line.start - 1) : undefined;
        return above && next(words, words.line(above.start).start);
      }
      case 'Home':
        return next(words, line.start);
      case 'End':
        return previous(words, line.end);
      default:
        return null;
    }
  }

  /** Show the selection, scroll to it and say it. @param {string} [text] */
  #select(text) {
    const { ground } = this;
    const span = this.#span;
    const { startContainer, startOffset, endContainer, endOffset } = ground.rangeOf(span);
    getSelection()?.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
    const focus = ground.rangeOf(this.#focus);
    reveal(focus.startContainer);
    const { top, bottom } = focus.getBoundingClientRect();
    if (top < 64 || bottom > innerHeight * 0.75) scrollBy({ top: top - innerHeight / 3, behavior: 'instant' });
    if (text !== '') say(text ?? this.ground.quote(span.end - span.start > 200 ? this.#focus : span));
  }

  /** Go to the next (1) or previous (-1) snippet, and offer what can be done with it. @param {number} by */
  jump(by) {
    const all = this.visit.state.snippets.filter(({ color }) => !leftOut(color)).sort((a, b) => a.start - b.start);
    const at = all.findIndex(({ number }) => number === this.#jumped);
    const index = at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length;
    if (!all.length || !this.visit.stands()) return;
    const { number } = all[index];
    this.#jumped = number;
    this.gestures.go(all[index]);
    this.gestures.enter();
    say(gettext('Snippet {number} of {count}: {words}', { number: index + 1, count: all.length, words: shorten(this.ground.quote(all[index])) }));
  }
}

/** The first word that begins at or after an offset. @param {Words} words @param {number} at @returns {Span | undefined} */
function next(words, at) {
  for (;;) {
    const line = words.line(at);
    const word = line.words.find(({ word, start }) => word && start >= at);
    if (word || line.end >= words.text.length) return word;
    at = line.end + 1;
  }
}

/** The last word that ends at or before an offset. @param {Words} words @param {number} at @returns {Span | undefined} */
function previous(words, at) {
  for (;;) {
    const line = words.line(at);
    const word = line.words.findLast(({ word, end }) => word && end <= at);
    if (word || !line.start) return word;
    at = line.start - 1;
  }
}

/** The offset at the top of what is visible of the article; 0 when nothing of it is. @param {import('./ground.js').Ground} ground */
function firstVisible(ground) {
  const { root } = ground;
  const box = root.getBoundingClientRect();
  const x = getComputedStyle(root).direction === 'rtl' ? box.right - 8 : box.left + 8;
  for (let y = Math.max(box.top, 0) + 4; y < Math.min(box.bottom, innerHeight); y += 8) {
    const found = caretAt(x, y);
    if (found && root.contains(found.node)) return ground.offsetOf(found.node, found.offset);
  }
  return 0;
}
