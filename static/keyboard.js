/** Marking with the keyboard alone: browsers give no caret in a page, so the selection itself is moved by words. */

import { gettext } from './language.js';
import { COLORS } from './marks.js';
import { firstVisible } from './selection.js';
import { rangeOf } from './text.js';

/** @typedef {import('./text.js').Span} Span */

export class Keyboard {
  on = false;
  /** @type {Span} the word at which extending began */ #anchor = { start: 0, end: 0 };
  /** @type {Span} the word that moves */ #focus = this.#anchor;
  #hint = document.createElement('p');

  /**
   * @param {import('./marking.js').Marking} marking
   * @param {HTMLElement | null} button that begins, and has the focus back after
   * @param {(span: Span, color?: string) => void} mark
   * @param {(span: Span) => void} remove
   * @param {(text: string) => void} say
   */
  constructor(marking, button, mark, remove, say) {
    this.marking = marking;
    this.button = button;
    this.mark = mark;
    this.remove = remove;
    this.say = say;
    this.#hint.className = 'hint';
    marking.root.addEventListener('keydown', (event) => this.on && this.#press(event));
    marking.root.addEventListener('focusout', () => this.on && document.hasFocus() && this.stop(false));
    marking.root.addEventListener('pointerdown', () => this.on && this.stop(false));
  }

  start() {
    const { root, words } = this.marking;
    const at = firstVisible(root);
    const word = words.next(words.line(at).words.find(({ end }) => end > at)?.start ?? at) ?? words.next(0);
    if (!word) return;
    root.tabIndex = -1;
    // Screen readers pass keys on to an application, and keep them to themselves in a document.
    root.setAttribute('role', 'application');
    root.focus({ preventScroll: true });
    this.on = true;
    this.button?.setAttribute('aria-pressed', 'true');
    this.#hint.textContent = gettext('Arrows move by word and paragraph, Shift extends, Enter marks, Escape leaves.');
    document.body.append(this.#hint);
    this.#anchor = this.#focus = word;
    this.#select(`${this.#hint.textContent} ${this.marking.quote(word)}`);
  }

  /** @param {boolean} [back] give the focus back */
  stop(back = true) {
    const { root } = this.marking;
    this.on = false;
    root.removeAttribute('role');
    root.removeAttribute('tabindex');
    this.button?.setAttribute('aria-pressed', 'false');
    this.#hint.remove();
    if (!back) return;
    getSelection()?.removeAllRanges();
    this.button?.focus({ preventScroll: true });
    this.say(gettext('Marking with the keyboard is over.'));
  }

  get #span() {
    return {
      start: Math.min(this.#anchor.start, this.#focus.start),
      end: Math.max(this.#anchor.end, this.#focus.end),
    };
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { key, shiftKey } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || key === 'Tab') return;
    const color = COLORS[Number(key) - 1];
    const to = this.#target(key);
    if (to === null && !color && !['Enter', 'Escape', 'Delete', 'Backspace'].includes(key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (key === 'Escape') this.stop();
    else if (to) {
      this.#focus = to;
      if (!shiftKey) this.#anchor = to;
      this.#select();
    } else if (to === null) {
      if (color || key === 'Enter') this.mark(this.#span, color);
      else this.remove(this.#span);
      this.#anchor = this.#focus;
      this.#select('');
    }
  }

  /** The word that a key leads to; undefined: there is none; null: not such a key. @param {string} key */
  #target(key) {
    const { words } = this.marking;
    const { start, end } = this.#focus;
    const line = words.line(start);
    const rtl = getComputedStyle(rangeOf(this.marking.root, this.#focus).startContainer.parentElement ?? this.marking.root).direction === 'rtl';
    switch (key) {
      case rtl ? 'ArrowLeft' : 'ArrowRight':
        return words.next(end);
      case rtl ? 'ArrowRight' : 'ArrowLeft':
        return words.previous(start);
      case 'ArrowDown':
        return line.end < this.marking.text.length ? words.next(line.end + 1) : undefined;
      case 'ArrowUp': {
        const above = line.start ? words.previous(line.start - 1) : undefined;
        return above && words.next(words.line(above.start).start);
      }
      case 'Home':
        return words.next(line.start);
      case 'End':
        return words.previous(line.end);
      default:
        return null;
    }
  }

  /** Show the selection, scroll to it and say it. @param {string} [say] */
  #select(say) {
    const { root } = this.marking;
    const span = this.#span;
    const { startContainer, startOffset, endContainer, endOffset } = rangeOf(root, span);
    getSelection()?.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
    const { top, bottom } = rangeOf(root, this.#focus).getBoundingClientRect();
    if (top < 64 || bottom > innerHeight * 0.75) scrollBy({ top: top - innerHeight / 3, behavior: 'instant' });
    const words = this.marking.quote(span.end - span.start > 200 ? this.#focus : span);
    if (say !== '') this.say(say ?? words);
  }
}
