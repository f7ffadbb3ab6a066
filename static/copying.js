/** What readers copy of the article is the article: our marks stay behind, with their numbers and the colours of a dark screen. */

/** A part of these (links, code, lists, tables) is copied with them around it. */
const AROUND = /^(#text|A|CODE|MARK|.L|PRE|T[ABR].*)$/;
/** As browsers write them. Revisions have no `mark` of their own. */
const MARKS = /<\/?mark.*?>|<span id="snippet.*?span>/g;

/** @param {ClipboardEvent} event */
export function copyWithoutMarks(event) {
  const { clipboardData, defaultPrevented, target } = event;
  const selection = getSelection();
  if (!clipboardData || defaultPrevented || target instanceof HTMLInputElement || selection?.rangeCount !== 1) return;
  const range = selection.getRangeAt(0);
  const copy = document.createElement('div');
  copy.append(range.cloneContents());
  for (let around = range.commonAncestorContainer; AROUND.test(around.nodeName); around = /** @type {Node} */ (around.parentNode)) {
    if (around instanceof Text) continue;
    const shell = /** @type {Element} */ (around.cloneNode());
    shell.append(...copy.childNodes);
    copy.append(shell);
  }
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
