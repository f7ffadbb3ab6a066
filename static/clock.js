/** Times as the reader's own clock and language tell them. */

/** @param {string} iso */
export const date = (iso) => new Date(iso).toLocaleString(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' });

/** @param {string} iso */
function day(iso) {
  const date = new Date(iso);
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return date.toLocaleDateString(document.documentElement.lang, { day: 'numeric', month: 'short', year });
}

/** The service writes times in UTC, for it cannot know better; so it is left where the browser does not know the page's
 * language. What a publisher wrote stays as it is. */
export function tellTimes() {
  if (!Intl.DateTimeFormat.supportedLocalesOf(document.documentElement.lang).length) return;
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (document.querySelectorAll('#share time'))) {
    time.textContent = 'day' in time.dataset ? day(time.dateTime) : date(time.dateTime);
  }
}
