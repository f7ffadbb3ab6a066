/** What is told the reader in passing. */

import { make } from './elements.js';
import { gettext } from './i18n.js';

/** Say it to screen readers alone. @param {string} text */
export const say = (text) => document.getElementById('status')?.replaceChildren(make('p', {}, text));

/** Say and show it, with a way back where there is one. @param {string} text @param {() => void} [undo] */
export function tell(text, undo) {
  // What it lies over is not to wait for it.
  const toast = make('p', { className: 'toast', onclick: () => toast.remove() }, text);
  if (undo) toast.append(make('button', { type: 'button', className: 'tool', onclick: () => (toast.remove(), undo()) }, gettext('Undo')));
  document.getElementById('toasts')?.replaceChildren(toast);
  setTimeout(() => toast.remove(), 8000);
  say(text);
}
