/**
 * The entry point of the pages that hold an article. Who only reads loads nothing more; the tool and the words that it
 * speaks come with the first sign that somebody wants it, or when the browser remembers something of this page: an entry
 * of its history, a draft, a link.
 */

import { mindBar } from './bar.js';
import { tellTimes } from './clock.js';
import { copyWithoutMarks } from './copying.js';

/** @param {HTMLElement} root */
function start(root) {
  const { token, words = '' } = document.body.dataset;
  /** @type {((event: Event) => void) | undefined} */
  let handle;
  /** @type {Event[] | undefined} what happened while the tool was on its way */
  let early;

  async function load() {
    if (early) return;
    early = [];
    try {
      const [tool, answer] = await Promise.all([import('./tool.js'), fetch(words)]);
      if (!answer.ok) throw answer;
      handle = await tool.start(root, await answer.json());
    } catch {
      // No network just now: the next sign asks again.
      early = undefined;
    }
    for (const event of early ?? []) handle?.(event);
  }

  for (const type of ['click', 'change', 'keydown', 'popstate']) {
    addEventListener(type, (event) => {
      // The bar only leads through the text.
      if (!/** @type {Node} */ (event.target).parentElement?.closest('#bar') && type !== 'popstate') load();
      if (handle) handle(event);
      else early?.push(event);
    });
  }
  document.addEventListener('selectionchange', () => getSelection()?.isCollapsed || load());
  root.addEventListener('pointerover', ({ target }) => /** @type {Element} */ (target).closest('mark') && load());
  if (history.state || remembers(token)) load();
  if (root.querySelector('details, pre, table')) import('./boxes.js').then(({ mindBoxes }) => mindBoxes(root), () => {});

  for (const part of document.querySelectorAll('[data-script-only]')) /** @type {HTMLElement} */ (part).hidden = false;
  // On the window: what has something of its own to copy comes first.
  addEventListener('copy', copyWithoutMarks);
  if (!token) return;
  tellTimes();
  mindBar(root);
}

/** Marks without a link, a link of the reader's own, or that the tool is switched off. @param {string} [token] */
function remembers(token) {
  try {
    return Object.keys(localStorage).some((name) => /^snippets:(draft|off)/.test(name) || name.endsWith(`:${token}`));
  } catch {
    return false;
  }
}

start(/** @type {HTMLElement} */ (document.getElementById('article')));
