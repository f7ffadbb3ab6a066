/** What the reader does in the text, by pointer or selection; each leads to the toolbar or to a mark. */

import { aim } from './aim.js';
import { keep, recall } from './drafts.js';
import { reveal } from './folds.js';
import { leftOut } from './legend.js';
import { loaded } from './loading.js';
import { gettext, ngettext } from './i18n.js';
import { say, tell } from './notices.js';
import { Toolbar } from './toolbar.js';
import { inside, selectedRanges, selectedSpans } from './selection.js';
import { COLORS, shorten } from './snippets.js';

/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./text.js').Span} Span */

/** A selection that is still being made gets no toolbar yet, in ms. */
const SETTLED = 250;
/** A pointer that only passes over a link gets no toolbar, in ms. */
const RESTING = 300;
/** The toolbar waits for a pointer that is on its way to it, in ms. */
const PASSING = 350;
/** Where the reader is as long as what is offered for a mark stays. */
const AT_MARK = '#toolbar:is(:hover, :focus-within), #article a:is(:hover, :focus-visible) mark[data-picked]';
/** The service takes no more snippets in one link. */
const MOST = 1000;
const COLOR = 'snippets:color';

export class Gestures {
  toolbar = new Toolbar();
  /** The tool is switched off, or something else has the selection. */ off = false;
  /** @type {Span[]} what was selected when the toolbar was pressed: on some devices the press drops it */ #taken = [];
  /** What was selected when the toolbar was put away: it comes back for something else. */ #away = '';
  /** It was said that the page's words are others. */ #told = false;
  color = COLORS.find((color) => color === recall(COLOR)) ?? 'yellow';
  #touch = matchMedia('(pointer: coarse)').matches;
  #pressed;
  /** @type {Record<number, ReturnType<typeof setTimeout>>} by how long they wait */ #timers = {};
  /** @type {Element | null} had the focus before the toolbar */ #before = null;
  /** @type {Promise<import('./handles.js').Handles> | null} */ #handles = null;

  /** @param {import('./visit.js').Visit} visit @param {boolean} pressed a pointer is held down */
  constructor(visit, pressed) {
    this.#pressed = pressed;
    this.visit = visit;
    const { root } = visit.ground;
    const offer = () => {
      // Of a selection that goes beyond the article only what is inside lights up.
      const beyond = selectedRanges().some((range) => range.intersectsNode(root) && !root.contains(range.commonAncestorContainer));
      document.body.toggleAttribute('data-beyond', beyond);
      this.#soon(SETTLED, () => this.#offer());
    };
    const leave = () => this.#soon(PASSING, () => this.#leave());
    document.addEventListener('selectionchange', offer);
    document.addEventListener('pointerdown', ({ pointerType, target }) => {
      this.#touch = pointerType !== 'mouse';
      this.#pressed = !this.toolbar.element.contains(/** @type {Node} */ (target));
      this.#taken = this.#pressed ? [] : this.#selected();
    });
    for (const type of ['pointerup', 'pointercancel', 'touchend']) {
      document.addEventListener(type, () => {
        this.#pressed = false;
        if (!getSelection()?.isCollapsed) offer();
      });
    }
    // A mark in a link leaves the link working: hovering it or going to it offers what a click does elsewhere.
    root.addEventListener('pointerover', (event) => {
      const mark = markOf(event);
      if (mark?.closest('a[href]') && event.pointerType === 'mouse' && !event.buttons) {
        this.#soon(RESTING, () => mark.matches(':hover') && getSelection()?.isCollapsed && this.choose(mark, event));
      }
    });
    root.addEventListener('pointerout', (event) => markOf(event)?.closest('a[href]') && leave());
    root.addEventListener('focusin', ({ target }) => {
      const mark = /** @type {Element} */ (target).closest('a:focus-visible')?.querySelector('mark.snippet');
      if (mark instanceof HTMLElement) this.choose(mark);
    });
    root.addEventListener('focusout', leave);
    offer();
  }

  /** @param {MouseEvent} event */
  click(event) {
    const mark = markOf(event);
    if (!mark) this.#leave();
    else if (!this.off && !mark.closest('a[href]') && getSelection()?.isCollapsed && this.visit.stands()) this.choose(mark, event);
  }

  #leave() {
    if (this.toolbar.snippet && !document.querySelector(AT_MARK)) this.hide();
  }

  /** @param {number} wait @param {() => unknown} then */
  #soon(wait, then) {
    clearTimeout(this.#timers[wait]);
    this.#timers[wait] = setTimeout(then, wait);
  }

  /** The innermost first. @param {(snippet: Snippet) => boolean} which */
  #snippets(which) {
    return this.visit.state.snippets.filter(which).sort((a, b) => a.end - a.start - (b.end - b.start));
  }

  /** @param {Span[]} spans */
  among(spans) {
    return this.#snippets((snippet) => spans.some(({ start, end }) => snippet.start < end && snippet.end > start));
  }

  /** @returns {Span[]} none on a page whose words are others */
  #selected() {
    const { ground } = this.visit;
    return ground.survey() ? selectedSpans(ground) : [];
  }

  /** What is selected as a control is pressed, which may be more than when the toolbar came. */
  #pressedOn() {
    const spans = this.#selected();
    return this.visit.stands() && !spans.length ? this.#taken : spans;
  }

  #offer() {
    if (this.#pressed || this.off) return;
    const { ground } = this.visit;
    if (!ground.survey() && selectedRanges().some((range) => inside(range, ground.root))) {
      if (!this.#told) this.visit.stands();
      this.#told = true;
      return this.hide();
    }
    const spans = this.#selected();
    if (JSON.stringify(spans) === this.#away) return;
    this.#away = '';
    if (!spans.length) return this.toolbar.snippet || this.hide();
    const { focusNode, focusOffset } = /** @type {Selection} */ (getSelection());
    const [{ startContainer, startOffset }] = selectedRanges();
    const above = startContainer === focusNode && startOffset === focusOffset;
    const at = above ? spans[0].start : spans[spans.length - 1].end - 1;
    const edge = ground.rangeOf({ start: at, end: at + 1 });
    const whole = ground.rangeOf({ start: spans[0].start, end: spans[spans.length - 1].end });
    const place = () => edge.getBoundingClientRect();
    this.#show({ place, whole: () => whole.getBoundingClientRect(), above, selecting: true, snippets: this.among(spans) });
  }

  /** Offer what can be done with a mark. @param {HTMLElement} mark @param {{clientY: number}} [point] @param {number} [number] of the snippet that is meant */
  choose(mark, point, number) {
    const numbers = (mark.dataset.snippets ?? '').split(' ').map(Number);
    if (this.off || !this.visit.ground.survey()) return;
    // Of the lines that the mark stands on, the one that was pressed.
    const at = [...mark.getClientRects()].findIndex(({ top, bottom }) => point && top <= point.clientY && bottom >= point.clientY);
    const place = () => mark.getClientRects()[Math.max(0, at)];
    this.#show({ place, whole: () => mark.getBoundingClientRect(), snippets: this.#snippets((snippet) => numbers.includes(snippet.number)) }, number);
  }

  /** Go to a snippet, and offer what can be done with it. @param {Snippet} snippet */
  go({ number }) {
    const mark = /** @type {HTMLElement | null} */ (this.visit.ground.root.querySelector(`mark[data-snippets~="${number}"]`));
    if (!mark) return;
    reveal(mark);
    mark.scrollIntoView({ block: 'center', behavior: 'instant' });
    this.choose(mark, undefined, number);
  }

  /** From the snippet that the toolbar is about to the next (1) or previous (-1) one. @param {number} by */
  step(by) {
    const snippets = this.visit.state.snippets.filter(({ color, number }) => !leftOut(color) || number === this.toolbar.snippet?.number);
    const at = snippets.findIndex(({ number }) => number === this.toolbar.snippet?.number);
    this.go(snippets[(at + by + snippets.length) % snippets.length]);
  }

  /** @param {Omit<import('./toolbar.js').Subject, 'color' | 'touch' | 'count'>} subject @param {number} [number] */
  #show(subject, number) {
    this.toolbar.show({ ...subject, color: this.color, touch: this.#touch, count: this.visit.count }, number);
    this.#pick();
  }

  /** Of overlapping snippets, this one is meant. @param {number} number */
  pick(number) {
    const { subject } = this.toolbar;
    if (subject) this.toolbar.show(subject, number);
    this.#pick();
  }

  /** Show in the text which snippet the toolbar is about. */
  #pick() {
    const { snippet } = this.toolbar;
    aim(this.visit.ground.root, snippet?.number, 'data-picked');
    // A mouse selects there.
    const stretched = this.#touch && snippet && !snippet.sent ? snippet : null;
    if (stretched && !this.#handles) {
      this.#handles = loaded('handles.js', () => import('./handles.js')).then(({ Handles }) => new Handles(this));
      // Without them a mark can be removed and made anew.
      this.#handles.catch(() => (this.#handles = null));
    }
    this.#handles?.then((handles) => handles.show(this.toolbar.snippet && stretched), () => {});
  }

  /** The mark goes so far from now on. @param {Snippet} snippet @param {Span} span */
  stretch(snippet, span) {
    this.hide();
    if (this.visit.stretch(snippet, span)) say(gettext('Marked: {words}', { words: shorten(this.visit.ground.quote(span)) }));
  }

  /** Go into the toolbar; hiding it leads back. */
  enter() {
    if (!this.toolbar.element.contains(document.activeElement)) this.#before = document.activeElement;
    this.toolbar.focus();
  }

  hide() {
    const { element } = this.toolbar;
    this.#taken = [];
    if (element.hidden) return;
    const focused = element.contains(document.activeElement);
    this.toolbar.hide();
    this.#pick();
    if (focused && this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
  }

  /** Hide, and do not come again for what is selected now. */
  putAway() {
    for (const wait of [SETTLED, RESTING]) clearTimeout(this.#timers[wait]);
    this.#away = JSON.stringify(this.#selected());
    this.hide();
  }

  /** Answers whether it was done. @param {Span[]} [spans] @param {string} [color] */
  mark(spans = this.#pressedOn(), color = this.color) {
    const { visit } = this;
    this.hide();
    if (!spans.length) return false;
    if (visit.state.snippets.length + spans.length > MOST) {
      tell(gettext('A link holds {n} snippets at most.', { n: MOST }));
      return false;
    }
    if (!visit.mark(spans, color)) return false;
    getSelection()?.removeAllRanges();
    say(gettext('Marked: {words}', { words: shorten(visit.ground.quote(spans[0])) }));
    return true;
  }

  /** Give the picked snippet, or else the selection, this colour. @param {string} color */
  paint(color) {
    const { snippet } = this.toolbar;
    keep(COLOR, (this.color = color));
    if (snippet) {
      this.hide();
      this.visit.recolor(snippet, color);
    } else this.mark(undefined, color);
  }

  /** What was sent stays. @param {Snippet[]} [some] */
  remove(some = this.toolbar.snippet ? [this.toolbar.snippet] : this.among(this.#pressedOn())) {
    const snippets = some.filter(({ sent }) => !sent);
    this.hide();
    if (!snippets.length || !this.visit.remove(snippets)) return;
    tell(ngettext('{n} mark removed.', '{n} marks removed.', snippets.length), () => this.visit.undo());
  }
}

/** @param {Event} event @returns {HTMLElement | null} */
const markOf = ({ target }) => /** @type {Element} */ (target).closest('#article mark.snippet');
