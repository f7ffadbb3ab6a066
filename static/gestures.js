/** What the reader does in the text: selecting, clicking marks, shortcuts; each leads to the toolbar or to a mark. */

import { recall } from './drafts.js';
import { Keyboard } from './keyboard.js';
import { gettext, ngettext } from './language.js';
import { shorten } from './list.js';
import { MOST } from './marking.js';
import { say, tell } from './page.js';
import { selectedSpans } from './selection.js';
import { rangeOf } from './text.js';
import { Toolbar } from './toolbar.js';

/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./text.js').Span} Span */

/** A selection that is still being made gets no toolbar yet, in ms. */
const SETTLED = 250;
/** A pointer that only passes over a link, or on its way to the toolbar, changes nothing, in ms. */
const PASSING = 350;

/** Scrolling by less than this leaves the toolbar where it is, in px. */
const SLIPPED = 24;

export const OFF = 'snippets:off';
export const COLOR = 'snippets:color';

export class Gestures {
  toolbar = new Toolbar();
  color = recall(COLOR) ?? 'yellow';
  /** @type {Span[]} */ selected = [];
  #touch = false;
  #pressed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {HTMLElement | null} had the focus before the toolbar */ #before = null;

  /** @param {import('./marking.js').Marking} marking @param {HTMLElement | null} button */
  constructor(marking, button) {
    const { root } = marking;
    this.marking = marking;
    this.keyboard = new Keyboard(marking, button, (span, color) => this.mark([span], color), (span) => this.remove(this.#at(span)), say);
    const { element } = this.toolbar;
    document.addEventListener('selectionchange', () => this.#soon(SETTLED, () => this.#offer()));
    document.addEventListener('pointerdown', (event) => {
      this.#touch = event.pointerType !== 'mouse';
      this.#pressed = !element.contains(/** @type {Node} */ (event.target));
    });
    for (const over of ['pointerup', 'pointercancel', 'touchend']) {
      document.addEventListener(over, () => {
        this.#pressed = false;
        if (this.selected.length || !getSelection()?.isCollapsed) this.#soon(SETTLED, () => this.#offer());
      });
    }
    addEventListener('scroll', () => Math.abs(scrollY - this.toolbar.scroll) > SLIPPED && this.hide(), { passive: true });
    addEventListener('resize', () => this.hide());
    root.addEventListener('click', (event) => {
      const mark = markOf(event.target);
      if (mark && !mark.closest('a[href]') && getSelection()?.isCollapsed) this.#choose(mark, event);
      else if (!mark && this.toolbar.snippet) this.hide();
    });
    // A link in a mark goes on being a link: hovering it or going to it offers what a click does elsewhere.
    root.addEventListener('pointerover', (event) => {
      const mark = markOf(event.target);
      if (mark?.closest('a[href]') && event.pointerType === 'mouse' && !event.buttons) this.#soon(PASSING, () => this.#choose(mark, event));
    });
    root.addEventListener('pointerout', (event) => {
      if (markOf(event.target)?.closest('a[href]')) this.#soon(PASSING, () => this.#hover());
    });
    root.addEventListener('focusin', ({ target }) => {
      const mark = /** @type {Element} */ (target).matches(':focus-visible') && /** @type {Element} */ (target).querySelector('mark.snippet');
      if (mark) this.#choose(/** @type {HTMLElement} */ (mark));
    });
    root.addEventListener('focusout', () => this.toolbar.snippet && this.#soon(PASSING, () => this.#hover()));
  }

  /** @param {number} wait @param {() => void} then */
  #soon(wait, then) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, wait);
  }

  /** Hide unless the reader is at the toolbar. */
  #hover() {
    if (!this.toolbar.element.matches(':hover, :focus-within') && getSelection()?.isCollapsed) this.hide();
  }

  get #off() {
    return Boolean(recall(OFF)) || this.keyboard.on;
  }

  #offer() {
    if (this.#pressed || this.#off) return;
    const { root, words } = this.marking;
    this.selected = selectedSpans(root, words);
    if (!this.selected.length) {
      if (!this.toolbar.snippet) this.hide();
      return;
    }
    if (!this.marking.sound) return tell(gettext('The words of this page were changed by the browser, for example translated: marks would not fit. Show the original to mark.'));
    const selection = getSelection();
    const range = selection?.getRangeAt(0);
    const above = range?.startContainer === selection?.focusNode && range?.startOffset === selection?.focusOffset;
    const { start } = this.selected[0];
    const { end } = this.selected[this.selected.length - 1];
    const place = rangeOf(root, above ? { start, end: start + 1 } : { start: end - 1, end }).getBoundingClientRect();
    this.#unpick();
    this.toolbar.show({ place, above, color: this.color, snippets: this.#among(this.selected), selecting: true, touch: this.#touch });
  }

  /** Snippets that hold all of one of these. @param {Span[]} spans */
  #among(spans) {
    return this.marking.snippets.filter((snippet) => spans.some(({ start, end }) => snippet.start < end && snippet.end > start));
  }

  /** @param {Span} span */
  #at({ start, end }) {
    return this.#among([{ start, end }]);
  }

  /** @param {HTMLElement} mark @param {{clientX: number, clientY: number}} [point] */
  #choose(mark, point) {
    if (this.#off) return;
    const numbers = (mark.dataset.snippets ?? '').split(' ').map(Number);
    const boxes = [...mark.getClientRects()];
    const place = boxes.find(({ top, bottom }) => point && top <= point.clientY && bottom >= point.clientY) ?? boxes[0];
    const snippets = this.marking.snippets
      .filter(({ number }) => numbers.includes(number))
      .sort((a, b) => a.end - a.start - (b.end - b.start));
    this.toolbar.show({ place, above: false, color: this.color, snippets, selecting: false, touch: this.#touch });
    this.#pick();
  }

  /** Show which snippet the toolbar is about. */
  #pick() {
    this.#unpick();
    const { snippet } = this.toolbar;
    for (const mark of this.marking.root.querySelectorAll(`mark[data-snippets~="${snippet?.number}"]`)) mark.setAttribute('data-picked', '');
  }

  #unpick() {
    for (const mark of this.marking.root.querySelectorAll('mark[data-picked]')) mark.removeAttribute('data-picked');
  }

  /** Of the overlapping ones, take this. @param {number} number */
  choose(number) {
    this.toolbar.choose(number);
    this.#pick();
  }

  hide() {
    if (!this.toolbar.shown) return;
    const focused = this.toolbar.element.contains(document.activeElement);
    this.toolbar.hide();
    this.#unpick();
    if (focused) this.#before?.focus({ preventScroll: true });
  }

  /** @param {Span[]} spans @param {string} [color] */
  mark(spans, color = this.color) {
    const { marking } = this;
    this.hide();
    if (!marking.sound || !spans.length) return;
    if (marking.snippets.length + spans.length > MOST) return tell(ngettext('A link holds {n} snippet at most.', 'A link holds {n} snippets at most.', MOST));
    marking.mark(spans, color);
    if (!this.keyboard.on) getSelection()?.removeAllRanges();
    this.selected = [];
    say(gettext('Marked: {words}', { words: shorten(marking.quote(spans[0])) }));
  }

  /** Without waiting for the toolbar. */
  markSelection() {
    this.mark(selectedSpans(this.marking.root, this.marking.words));
  }

  /** @param {Snippet[]} snippets */
  remove(snippets) {
    this.hide();
    if (!snippets.length) return;
    this.marking.remove(snippets);
    tell(ngettext('{n} mark removed.', '{n} marks removed.', snippets.length), () => this.marking.undo());
  }

  /** What the toolbar is about: the picked snippet, or those in the selection. */
  get snippets() {
    return this.toolbar.snippet ? [this.toolbar.snippet] : this.#among(this.selected);
  }

  /** Go to the next (1) or previous (-1) snippet, and offer what can be done with it. @param {number} step */
  jump(step) {
    const { root, snippets } = this.marking;
    const all = [...snippets].sort((a, b) => a.start - b.start);
    if (!all.length) return;
    const at = all.findIndex(({ number }) => number === this.#last);
    const index = at < 0 && step < 0 ? all.length - 1 : (at + step + all.length) % all.length;
    const { number } = all[index];
    const mark = /** @type {HTMLElement | null} */ (root.querySelector(`mark[data-snippets~="${number}"]`));
    if (!mark) return;
    const { activeElement } = document;
    if (!this.toolbar.element.contains(activeElement)) this.#before = /** @type {HTMLElement} */ (activeElement);
    this.#last = number;
    mark.scrollIntoView({ block: 'center', behavior: 'instant' });
    this.#choose(mark);
    this.choose(number);
    this.toolbar.focus();
    say(gettext('Snippet {number} of {count}: {words}', { number: index + 1, count: all.length, words: shorten(this.marking.quote(all[index])) }));
  }
  #last = 0;
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function markOf(target) {
  return target instanceof Element ? target.closest('mark.snippet') : null;
}
