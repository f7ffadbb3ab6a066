/** Handles at the ends of a mark of one's own: dragged, they change how far it goes, by word. Loaded with the first tap on one. */

import { caretAt } from './carets.js';
import { make } from './elements.js';

/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./text.js').Span} Span */

export class Handles {
  /** @type {Snippet | null} */ #snippet = null;
  /** @type {Span | null} what it would be, while one is dragged */ #wanted = null;
  #ends = [this.#handle('start'), this.#handle('end')];

  /** @param {import('./gestures.js').Gestures} gestures */
  constructor(gestures) {
    this.gestures = gestures;
    this.ground = gestures.visit.ground;
    document.querySelector('main')?.append(...this.#ends);
    addEventListener('resize', () => this.#put());
  }

  /** @param {Snippet | null} snippet null: at none */
  show(snippet) {
    this.#snippet = snippet;
    for (const end of this.#ends) end.hidden = !snippet;
    this.#put();
  }

  /** Each stands in the page, so that it scrolls with it. */
  #put() {
    const snippet = this.#snippet;
    if (!snippet) return;
    const { start, end } = snippet;
    [start, end - 1].forEach((at, which) => {
      const range = this.ground.rangeOf({ start: at, end: at + 1 });
      const { left, right, bottom } = range.getBoundingClientRect();
      const rtl = getComputedStyle(range.startContainer.parentElement ?? this.ground.root).direction === 'rtl';
      const { style, dataset } = this.#ends[which];
      style.left = `${scrollX + ((which === 1) === rtl ? left : right)}px`;
      style.top = `${scrollY + bottom}px`;
      dataset.color = snippet.color;
    });
  }

  /** @param {'start' | 'end'} which */
  #handle(which) {
    const handle = make('span', { className: 'handle', hidden: true, ariaHidden: 'true' });
    handle.dataset.end = which;
    /** From where the handle was taken to the line above it. */
    let [across, up] = [0, 0];
    handle.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      const { left, right, top } = handle.getBoundingClientRect();
      [across, up] = [(left + right) / 2 - event.clientX, top - event.clientY - 8];
      this.#wanted = null;
      document.body.dataset.dragging = which;
    });
    handle.addEventListener('pointermove', (event) => {
      if (document.body.dataset.dragging === which) this.#drag(which, event.clientX + across, event.clientY + up);
    });
    // A tap on it is none beside the mark.
    handle.addEventListener('click', (event) => event.stopPropagation());
    handle.addEventListener('pointerup', () => this.#drop());
    handle.addEventListener('pointercancel', () => {
      this.#wanted = null;
      this.#drop();
    });
    return handle;
  }

  /** @param {'start' | 'end'} which @param {number} x @param {number} y in the window */
  #drag(which, x, y) {
    const { ground } = this;
    const snippet = this.#snippet;
    const caret = caretAt(x, y);
    if (!snippet || !caret || !ground.root.contains(caret.node) || !ground.survey()) return;
    const at = ground.offsetOf(caret.node, caret.offset);
    const span = which === 'start' ? { start: Math.min(at, snippet.end - 1), end: snippet.end } : { start: snippet.start, end: Math.max(at, snippet.start + 1) };
    this.#wanted = ground.snap(span);
    if (!this.#wanted) return;
    const { startContainer, startOffset, endContainer, endOffset } = ground.rangeOf(this.#wanted);
    getSelection()?.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
  }

  #drop() {
    delete document.body.dataset.dragging;
    const [snippet, wanted] = [this.#snippet, this.#wanted];
    this.#wanted = null;
    getSelection()?.removeAllRanges();
    if (snippet && wanted) this.gestures.stretch(snippet, wanted);
  }
}
