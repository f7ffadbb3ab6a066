/** The toolbar by a selection or a mark. It takes neither focus nor selection; its buttons are the tool's. */

import { make, rove } from './elements.js';
import { gettext } from './i18n.js';
import { NAMES } from './snippets.js';

/** @typedef {import('./text.js').Snippet} Snippet */
/**
 * @typedef {object} Subject
 * @property {DOMRect} place in the window
 * @property {boolean} [above] where the toolbar goes by preference
 * @property {boolean} touch keep clear of the system's own menu and handles, at the edge of the screen
 * @property {string} color the reader's last one
 * @property {boolean} [selecting] whether it is about a selection
 * @property {Snippet[]} snippets at that place, the one most likely meant first
 */

/** Room between the bar and what it belongs to, in px. */
const GAP = 8;

export class Toolbar {
  element = make('div', { id: 'toolbar', className: 'toolbar', hidden: true, role: 'toolbar', ariaLabel: gettext('Marking') });
  /** @type {Snippet | null} the snippet it is about; null: a selection */ snippet = null;
  /** Where the page was scrolled to when it was shown. */ scroll = 0;

  constructor() {
    // The default of a press on a button is to move focus, and of one anywhere to drop the selection.
    this.element.onmousedown = (event) => event.preventDefault();
    document.querySelector('main')?.append(this.element);
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
    const { place, above, touch, color, selecting, snippets } = subject;
    const { element } = this;
    this.subject = subject;
    this.snippet = (!selecting && (snippets.find((snippet) => snippet.number === number) ?? snippets[0])) || null;
    const present = this.snippet?.color ?? color;
    const parts = Object.entries(NAMES).map(([each, name]) => button('color', name(), { color: each }, '', each === present));
    if (selecting) parts.unshift(button('mark', '', {}, gettext('Mark')));
    else {
      parts.push(button('snippet-link', gettext('Copy a link to this snippet'), { icon: 'link' }));
      if (snippets.length > 1) {
        parts.unshift(
          ...snippets.map(({ number }) => {
            const name = gettext('Snippet {number}', { number });
            return button('pick', name, { number }, String(number), number === this.snippet?.number);
          }),
        );
      }
    }
    if (snippets.length) parts.push(button('remove', gettext('Remove'), { icon: 'remove' }));
    const focused = element.contains(document.activeElement);
    element.replaceChildren(...parts);
    rove(parts);
    if (focused) this.focus();
    element.hidden = false;
    this.scroll = scrollY;
    element.classList.toggle('at-edge', touch);
    element.classList.toggle('top', touch && place.bottom > innerHeight * 0.6 && place.top > innerHeight * 0.25);
    const { width, height } = element.getBoundingClientRect();
    const over = place.top - GAP - height;
    const under = place.bottom + GAP;
    const top = (above && over > GAP) || under + height > innerHeight ? over : under;
    const most = document.documentElement.clientWidth - width - GAP;
    element.style.left = `${Math.max(0, Math.min(most, place.left + (place.width - width) / 2))}px`;
    element.style.top = `${Math.max(GAP, Math.min(innerHeight - height - GAP, top))}px`;
  }
}

/** @param {string} action @param {string} label @param {Record<string, any>} data @param {string} [text] @param {boolean} [pressed] */
function button(action, label, data, text = '', pressed) {
  const className = data.color ? 'swatch' : data.icon ? 'tool icon' : 'tool';
  const made = make('button', { type: 'button', className, title: label }, text);
  Object.assign(made.dataset, { do: action, ...data });
  if (label) made.ariaLabel = label;
  if (pressed !== undefined) made.ariaPressed = String(pressed);
  return made;
}
