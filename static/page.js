/** Small things that every part of the page needs: its hooks, and telling the reader. */

import { gettext } from './language.js';

/** @typedef {HTMLElement & {value: string, href: string, disabled: boolean}} Hook */

/** The elements that show something. @param {string} name @returns {Hook[]} */
export const hooks = (name) => Array.from(document.querySelectorAll(`[data-show="${name}"]`));

/** The buttons that do something. @param {string} name @returns {Hook[]} */
export const doers = (name) => Array.from(document.querySelectorAll(`[data-do="${name}"]`));

/** Say it to screen readers alone. @param {string} text */
export function say(text) {
  const line = document.createElement('p');
  line.textContent = text;
  document.getElementById('status')?.replaceChildren(line);
}

/** Say and show it, with a way back where there is one. @param {string} text @param {() => void} [undo] */
export function tell(text, undo) {
  say(text);
  const toast = document.createElement('p');
  toast.className = 'toast';
  toast.textContent = text;
  if (undo) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'tool';
    button.textContent = gettext('Undo');
    button.onclick = () => {
      toast.remove();
      undo();
    };
    toast.append(button);
  }
  document.getElementById('toasts')?.replaceChildren(toast);
  setTimeout(() => toast.remove(), 8000);
}

/** Copy, by whichever way the browser allows. @param {string} text @param {string} [html] @returns {Promise<boolean>} */
export async function copy(text, html) {
  const forms = { 'text/plain': text, ...(html && { 'text/html': html }) };
  try {
    if (html) {
      const blobs = Object.entries(forms).map(([type, form]) => [type, new Blob([form], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    } else await navigator.clipboard.writeText(text);
    return true;
  } catch {
    let done = false;
    const put = (/** @type {ClipboardEvent} */ event) => {
      event.preventDefault();
      for (const [type, form] of Object.entries(forms)) event.clipboardData?.setData(type, form);
      done = true;
    };
    document.addEventListener('copy', put);
    document.execCommand('copy');
    document.removeEventListener('copy', put);
    return done;
  }
}
