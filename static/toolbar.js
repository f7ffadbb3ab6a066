/** The small bar by a selection or a mark. It takes neither focus nor selection; what its buttons do is the page's. */

import { gettext } from './language.js';
import { COLORS } from './marks.js';

/** @typedef {import('./text.js').Snippet} Snippet */

/** Room between the bar and what it belongs to, in px. */
const GAP = 8;

export class Toolbar {
  element = document.createElement('div');
  /** @type {Snippet | null} the snippet it is about; null: a selection */
  snippet = null;
  /** @type {Snippet[]} */ #snippets = [];
  #color = '';
  /** Where the page was scrolled to when it was shown. */
  scroll = 0;

  constructor() {
    this.element.id = 'toolbar';
    this.element.className = 'toolbar';
    this.element.hidden = true;
    this.element.setAttribute('role', 'toolbar');
    this.element.setAttribute('aria-label', gettext('Marking'));
    // The default of a press on a button is to move focus, and of one anywhere to drop the selection.
    this.element.addEventListener('mousedown', (event) => event.preventDefault());
    this.element.addEventListener('keydown', (event) => this.#step(event));
    document.body.append(this.element);
  }

  get shown() {
    return !this.element.hidden;
  }

  hide() {
    this.element.hidden = true;
    this.snippet = null;
  }

  /**
   * @param {object} what
   * @param {DOMRect | undefined} what.place of what it belongs to, in the window
   * @param {boolean} what.above where it goes by preference
   * @param {string} what.color the reader's last one
   * @param {Snippet[]} what.snippets at that place, the one most likely meant first
   * @param {boolean} what.selecting whether it is about a selection
   * @param {boolean} what.touch keep clear of the system's own menu and handles, at the edge of the screen
   */
  show({ place, above, color, snippets, selecting, touch }) {
    if (!place) return;
    this.#snippets = selecting ? [] : snippets;
    this.snippet = this.#snippets[0] ?? null;
    this.#color = color;
    this.#fill(selecting, snippets.length > 0);
    this.element.hidden = false;
    this.scroll = scrollY;
    this.#put(place, above, touch);
  }

  /** Of overlapping snippets, this one is meant. @param {number} number */
  choose(number) {
    this.snippet = this.#snippets.find((snippet) => snippet.number === number) ?? this.snippet;
    const focused = this.element.contains(document.activeElement);
    this.#fill(false, true);
    if (focused) this.focus();
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.element.querySelector('[aria-pressed="true"], button'))?.focus({ preventScroll: true });
  }

  /** @param {boolean} selecting @param {boolean} removable */
  #fill(selecting, removable) {
    const present = this.snippet?.color ?? this.#color;
    const names = [gettext('Yellow'), gettext('Green'), gettext('Blue'), gettext('Pink')];
    const parts = COLORS.map((color, index) => {
      const swatch = button('color', 'swatch', names[index]);
      swatch.dataset.color = color;
      swatch.setAttribute('aria-pressed', String(color === present));
      return swatch;
    });
    if (selecting) parts.unshift(button('mark', 'tool', '', gettext('Mark')));
    else parts.push(button('snippet-link', 'tool icon', gettext('Copy a link to this snippet'), '', 'link'));
    if (removable) parts.push(button('remove', 'tool icon', gettext('Remove'), '', 'remove'));
    const picks = document.createElement('span');
    picks.className = 'toolbar-pick';
    if (this.#snippets.length > 1) {
      for (const { number } of this.#snippets) {
        const pick = button('pick', 'tool', gettext('Snippet {number}', { number }), String(number));
        pick.dataset.number = String(number);
        pick.setAttribute('aria-pressed', String(number === this.snippet?.number));
        picks.append(pick);
      }
    }
    this.element.replaceChildren(...(picks.hasChildNodes() ? [picks] : []), ...parts);
    this.element.querySelectorAll('button').forEach((each, index) => (each.tabIndex = index ? -1 : 0));
  }

  /** @param {DOMRect} place @param {boolean} above @param {boolean} touch */
  #put(place, above, touch) {
    const { element } = this;
    const height = innerHeight;
    element.classList.toggle('at-edge', touch);
    element.classList.toggle('top', touch && place.bottom > height * 0.6 && place.top > height * 0.25);
    if (touch) return;
    const box = element.getBoundingClientRect();
    const over = place.top - GAP - box.height;
    const under = place.bottom + GAP;
    const top = (above && over > GAP) || under + box.height > height ? over : under;
    const most = document.documentElement.clientWidth - box.width - GAP;
    element.style.left = `${Math.max(0, Math.min(most, place.left + place.width / 2 - box.width / 2))}px`;
    element.style.top = `${Math.max(GAP, Math.min(height - box.height - GAP, top))}px`;
  }

  /** One tab stop, arrows between the buttons, as toolbars have it. @param {KeyboardEvent} event */
  #step(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...this.element.querySelectorAll('button')];
    all[(all.indexOf(/** @type {any} */ (document.activeElement)) + step + all.length) % all.length].focus();
  }
}

/** @param {string} action @param {string} kind @param {string} label @param {string} [text] @param {string} [icon] */
function button(action, kind, label, text = '', icon = '') {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = kind;
  made.dataset.do = action;
  made.textContent = text;
  if (icon) made.dataset.icon = icon;
  if (label) made.ariaLabel = made.title = label;
  return made;
}
