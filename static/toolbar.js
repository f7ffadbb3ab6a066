/** The toolbar by a selection or a mark. It takes neither focus nor selection; its buttons are the tool's. */

import { make, rove } from './elements.js';
import { gettext } from './i18n.js';
import { NAMES } from './snippets.js';

/** @typedef {import('./text.js').Snippet} Snippet */
/**
 * @typedef {object} Subject
 * @property {() => DOMRect | undefined} place where it is in the window just now; undefined: nowhere
 * @property {() => DOMRect | undefined} whole where all of it is, of which some is in sight
 * @property {boolean} [above] where the toolbar goes by preference
 * @property {boolean} touch at the edge of the screen, clear of the system's own menu and handles
 * @property {string} color the reader's last one
 * @property {boolean} [selecting] whether it is about a selection
 * @property {Snippet[]} snippets at that place, the one most likely meant first
 * @property {number} count of all snippets
 */

/** Room between the bar and what it belongs to, in px. */
const GAP = 8;
/** So far from the line that was pressed the bar may be, in px. */
const NEAR = 100;
/** Room for the system's handles under a selection, in px. */
const HANDLES = 48;

export class Toolbar {
  element = make('div', { id: 'toolbar', className: 'toolbar', hidden: true, role: 'toolbar', ariaLabel: gettext('Marking') });
  /** @type {Snippet | null} the snippet it is about; null: a selection */ snippet = null;
  /** What it belongs to has been in sight meanwhile. */ #seen = false;

  constructor() {
    // The default of a press on a button is to move focus, and of one anywhere to drop the selection.
    this.element.onmousedown = (event) => event.preventDefault();
    document.querySelector('main')?.append(this.element);
    const follow = () => this.element.hidden || this.#put();
    addEventListener('scroll', follow, { passive: true });
    addEventListener('resize', follow);
    for (const type of ['scroll', 'resize']) window.visualViewport?.addEventListener(type, follow);
  }

  hide() {
    this.element.hidden = true;
    this.snippet = null;
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.element.querySelector('[aria-pressed="true"], button'))?.focus({ preventScroll: true });
  }

  /** @param {Subject} subject @param {number} [number] of the snippet that is meant */
  show(subject, number) {
    const { touch, selecting, snippets } = subject;
    const { element } = this;
    this.subject = subject;
    this.#seen = false;
    this.snippet = (!selecting && (snippets.find((snippet) => snippet.number === number) ?? snippets[0])) || null;
    const parts = this.#parts(subject);
    const focused = element.contains(document.activeElement);
    element.replaceChildren(...parts);
    rove(parts.filter((part) => part instanceof HTMLButtonElement));
    if (focused) this.focus();
    element.classList.toggle('at-edge', touch);
    element.hidden = false;
    this.#put();
    const place = touch && subject.place();
    const covered = place && place.bottom + HANDLES - element.getBoundingClientRect().top;
    if (covered && covered > 0) scrollBy({ top: covered, behavior: 'instant' });
  }

  /** What is offered. What was sent is offered to be read and given on, not to be changed. @param {Subject} subject @returns {HTMLElement[]} */
  #parts({ selecting, snippets, color, count }) {
    const { snippet } = this;
    const swatches = (/** @type {string} */ present) =>
      Object.entries(NAMES).map(([each, name]) => button('color', name(), { color: each }, '', each === present));
    const removing = snippets.some(({ sent }) => !sent) ? [button('remove', gettext('Remove'), { icon: 'remove' })] : [];
    if (selecting) {
      const quick = button('mark-copy', '', {}, gettext('Mark & copy'));
      return [button('mark', '', {}, gettext('Mark')), ...swatches(color), quick, ...removing];
    }
    if (!snippet) return [];
    const { number } = snippet;
    const picks = snippets.map((each) => {
      const name = gettext('Snippet {number}', { number: each.number });
      return button('pick', name, { number: each.number }, String(each.number), each === snippet);
    });
    const several = snippets.length > 1 ? picks : [];
    if (!snippet.sent) {
      const link = button('snippet-link', gettext('Copy a link to this snippet'), { icon: 'link' });
      return [...several, ...swatches(snippet.color), link, ...removing];
    }
    return [
      ...several,
      make('span', { className: 'which' }, gettext('{number} of {count}', { number, count })),
      button('step', gettext('Previous snippet'), { step: -1 }),
      button('step', gettext('Next snippet'), { step: 1 }),
      button('snippet-link', '', { icon: 'link' }, gettext('Copy link')),
      button('snippet-quote', '', { icon: 'quote' }, gettext('Quote')),
      button('keep', '', { icon: 'keep' }, gettext('Keep')),
    ];
  }

  /** Put it where it belongs now: the page may have been scrolled, zoomed or turned. */
  #put() {
    const { element, subject } = this;
    const place = subject?.place();
    if (!subject || !place) return;
    const root = document.documentElement;
    const view = window.visualViewport;
    const { scale = 1, offsetLeft = 0, offsetTop = 0, width = root.clientWidth, height = innerHeight } = view ?? {};
    const { style } = element;
    style.cssText = '';
    if (subject.touch) {
      if (scale < 1.01) {
        // What else is at the edge stays in sight.
        const others = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('#panel, #bar')]).filter((each) => {
          const { position, visibility } = getComputedStyle(each);
          return position === 'fixed' && visibility === 'visible' && each.offsetHeight;
        });
        style.bottom = `${Math.max(0, ...others.map(({ offsetHeight }) => offsetHeight))}px`;
        return;
      }
      Object.assign(style, { inset: 'auto', left: `${offsetLeft}px`, width: `${width * scale}px`, scale: String(1 / scale), transformOrigin: '0 0' });
      style.top = `${offsetTop + height - element.offsetHeight / scale}px`;
      return;
    }
    const { offsetWidth: wide, offsetHeight: high } = element;
    const whole = subject.whole() ?? place;
    const over = place.top - GAP - high;
    // Clear of what it is about, unless that goes on for long.
    const under = (whole.bottom - place.bottom < NEAR ? whole.bottom : place.bottom) + GAP;
    const bottom = offsetTop + height;
    const top = (subject.above && over > offsetTop + GAP) || under + high > bottom ? over : under;
    const most = Math.min(offsetLeft + width, root.clientWidth) - wide - GAP;
    const inSight = whole.bottom >= offsetTop && whole.top <= bottom;
    this.#seen ||= inSight;
    // What was scrolled out of sight may come back: till then it waits.
    style.visibility = inSight || !this.#seen ? '' : 'hidden';
    style.left = `${Math.max(offsetLeft, Math.min(most, place.left + (place.width - wide) / 2))}px`;
    style.top = `${Math.max(offsetTop + GAP, Math.min(bottom - high - GAP, top))}px`;
  }
}

/** @param {string} action @param {string} label @param {Record<string, any>} data @param {string} [text] @param {boolean} [pressed] */
function button(action, label, data, text = '', pressed) {
  const className = data.color ? 'swatch' : data.step ? 'tool step' : data.icon ? `tool ${text ? 'worded' : 'icon'}` : 'tool';
  const made = make('button', { type: 'button', className, title: label }, text);
  Object.assign(made.dataset, { do: action, ...data });
  if (label) made.ariaLabel = label;
  if (pressed !== undefined) made.ariaPressed = String(pressed);
  return made;
}
