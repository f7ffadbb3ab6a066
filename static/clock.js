/** Times as the reader's own clock and language tell them. */

/** Whether the browser knows the page's language. Where it does not, numbers stand in the place of words, in the order of
 * the languages that browsers leave out. */
const known = () => Intl.DateTimeFormat.supportedLocalesOf(document.documentElement.lang).length > 0;

/** @param {string} iso */
export function date(iso) {
  const date = new Date(iso);
  if (!known()) return date.toLocaleString('ru', { dateStyle: 'short', timeStyle: 'short' });
  return date.toLocaleString(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' });
}

/** @param {string} iso */
export function day(iso) {
  const date = new Date(iso);
  if (!known()) return date.toLocaleDateString('ru');
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return date.toLocaleDateString(document.documentElement.lang, { day: 'numeric', month: 'short', year });
}

/** The service writes times in UTC, for it cannot know better; so it is left where the browser does not know the page's
 * language. What a publisher wrote stays as it is. */
export function tellTimes() {
  if (!known()) return;
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (document.querySelectorAll('#share time'))) {
    time.textContent = 'day' in time.dataset ? day(time.dateTime) : date(time.dateTime);
  }
}
