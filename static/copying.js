/** What readers copy of the article is the article: our marks stay behind, with their numbers and the colours of a dark screen. */

/** Of these a part is copied with them around it, if it is more than a part of one of their parts. */
const STRUCTURE = /^([DOU]L|BLOCKQUOTE|T(ABLE|BODY|FOOT|HEAD|R))$/;
/** As browsers write them. Revisions have no `mark` of their own. */
const MARKS = /<\/?mark.*?>|<span id="snippet.*?span>/g;

/** @param {ClipboardEvent} event */
export function copyWithoutMarks(event) {
  const { clipboardData, defaultPrevented, target } = event;
  const selection = getSelection();
  if (!selection || !clipboardData || defaultPrevented || target instanceof HTMLInputElement) return;
  const copy = document.createElement('div');
  // Firefox may have several ranges.
  for (let index = 0; index < selection.rangeCount; index++) copy.append(taken(selection.getRangeAt(index)));
  // An address of this page would lead elsewhere from elsewhere.
  for (const link of copy.querySelectorAll('a')) if (link.href) link.setAttribute('href', link.href);
  // Of what stands around the article, nothing.
  const { innerHTML } = copy.querySelector('#article') ?? copy;
  const html = innerHTML.replace(MARKS, '');
  if (html === innerHTML) return;
  clipboardData.setData('text/html', html);
  clipboardData.setData('text/plain', String(selection));
  event.preventDefault();
}

/** What is in a range of the article, with what around it makes it what it is: links and other inline elements, code, lists,
 * tables. The paragraph goes: where this is put there is one. @param {Range} range @returns {Node} */
function taken(range) {
  /** @type {Node} */
  let found = range.cloneContents();
  let whole = true;
  const { commonAncestorContainer: common } = range;
  let around = common instanceof Element ? common : common.parentElement;
  for (; around?.closest('#article > *'); around = around.parentElement) {
    const { nodeName } = around;
    whole &&= STRUCTURE.test(nodeName);
    if (!whole && nodeName !== 'PRE' && !getComputedStyle(around).display.startsWith('inline')) continue;
    const shell = around.cloneNode();
    shell.appendChild(found);
    found = shell;
  }
  return found;
}
