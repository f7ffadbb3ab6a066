/** Times as the reader's own clock and language tell them. */

/** @param {string} iso */
export const date = (iso) => new Date(iso).toLocaleString(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' });

/** The service writes times in UTC, for it cannot know better; so it is left where the browser does not know the page's
 * language. What a publisher wrote stays as it is. */
export function tellTimes() {
  if (!Intl.DateTimeFormat.supportedLocalesOf(document.documentElement.lang).length) return;
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (document.querySelectorAll('#share time'))) time.textContent = date(time.dateTime);
}
