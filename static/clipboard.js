/** Copying, by whichever way the browser allows, and what is said of it. */

import { gettext } from './i18n.js';
import { tell } from './notices.js';

/** Copy where the browser forbids the clipboard itself. @param {Record<string, string>} forms by media type */
export function copyByCommand(forms) {
  let done = false;
  const put = (/** @type {ClipboardEvent} */ event) => {
    event.preventDefault();
    for (const type in forms) event.clipboardData?.setData(type, forms[type]);
    done = true;
  };
  document.addEventListener('copy', put);
  document.execCommand('copy');
  document.removeEventListener('copy', put);
  return done;
}

/** Copy, and say what came of it. @param {string | null | undefined} text nothing: there is no link yet @param {string} copied what was */
export async function give(text, copied) {
  const refused = document.querySelector('[data-state="refused"] .state')?.textContent;
  if (!text) return tell(refused ?? gettext('The link is not stored yet, so it cannot be copied. Trying again.'));
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyByCommand({ 'text/plain': text })) return tell(gettext('The browser does not let this page copy. Copy the link from the address bar.'));
  }
  tell(copied);
}
