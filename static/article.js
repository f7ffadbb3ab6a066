/**
 * The entry point of the pages that hold an article. Who only reads loads nothing more; the tool and the words that it
 * speaks come with the first sign that somebody wants it, or when the browser remembers something of this page: an entry
 * of its history, a draft, a link.
 */

import { mindBar } from './bar.js';
import { tellTimes } from './clock.js';
import { copyWithoutMarks } from './copying.js';
import { remembers } from './remembers.js';

/** The tool has that long to come before it is said that it is on its way, in ms. */
const SLOW = 1000;

/** Put a style sheet behind ours, before the publisher's. @param {string} address @returns {Promise<unknown>} */
const dressed = (address) =>
  new Promise((done, failed) => {
    const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address, onload: done, onerror: failed });
    document.querySelector('link[rel=stylesheet]')?.after(sheet);
  });

/** Whether the reader waits for the tool just now. @param {Event[]} events that it has not had yet */
const waiting = (events) =>
  !getSelection()?.isCollapsed ||
  events.some(({ type, target }) => type === 'click' && /** @type {Element} */ (target).closest('[data-do], #article mark'));

/** Tell how far the tool is: of these sentences, this one alone. @param {string} [which] */
function tell(which) {
  for (const notice of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-tool-is]'))) {
    notice.hidden = notice.dataset.toolIs !== which;
  }
}

/** @param {HTMLElement} root */
function start(root) {
  const { token, words = '' } = document.body.dataset;
  /** @type {((event: Event) => void) | undefined} */
  let handle;
  /** @type {Event[] | undefined} what happened while the tool was on its way */
  let early;
  let attempts = 0;

  async function load() {
    if (early) return;
    early = [];
    // Some browsers remember of an address that a script could not be had there.
    const folder = words.replace(/\/[^/]+$/, attempts ? `.${attempts}` : '');
    const slow = setTimeout(() => tell(waiting(early ?? []) ? 'slow' : ''), SLOW);
    try {
      const [tool, answer] = await Promise.all([
        /** @type {Promise<typeof import('./tool.js')>} */ (import(`${folder}/tool.js`)),
        fetch(words),
        dressed(`${folder}/tool.css`),
      ]);
      if (!answer.ok) throw answer;
      handle = await tool.start(root, await answer.json(), () => pressed);
      tell();
    } catch {
      // No network just now: the next sign asks again.
      tell(waiting(early) ? 'missing' : '');
      early = undefined;
      attempts++;
    }
    clearTimeout(slow);
    for (const event of early ?? []) handle?.(event);
  }

  let pressed = false;
  for (const type of ['pointerdown', 'pointerup', 'pointercancel']) {
    addEventListener(type, () => (pressed = type === 'pointerdown'), true);
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
  if (history.state || remembers(`^snippets:(draft|off)|:${token}$`)) load();
  /** @param {'welcome' | 'tally'} act */
  const comeBack = (act) => import('./returning.js').then((reader) => reader[act](), () => {});
  if (remembers('^snippets:link')) comeBack('welcome');
  addEventListener('snippets:kept', () => comeBack('tally'));
  if (root.querySelector('details, pre, table')) import('./boxes.js').then(({ mindBoxes }) => mindBoxes(root), () => {});

  for (const part of document.querySelectorAll('[data-script-only]')) /** @type {HTMLElement} */ (part).hidden = false;
  // On the window: what has something of its own to copy comes first.
  addEventListener('copy', copyWithoutMarks);
  if (!token) return;
  tellTimes();
  mindBar(root);
}

// Once, though the tool may come from another folder, and this again with it.
if (!document.documentElement.dataset.script) start(/** @type {HTMLElement} */ (document.getElementById('article')));
document.documentElement.dataset.script = 'on';
