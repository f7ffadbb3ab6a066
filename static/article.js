/**
 * The entry point of the pages that hold an article. Who only reads loads nothing more; the tool comes with the first
 * sign that somebody wants it, or when the browser remembers something of this page: an entry of its history, a draft, a link.
 */

import { tellTimes } from './clock.js';
import { copyWithoutMarks } from './copying.js';
import './scrolling.js';

/** @param {HTMLElement} root */
function start(root) {
  const { token } = document.body.dataset;
  /** @type {((event: Event) => void) | undefined} */
  let handle;
  /** @type {Event[] | undefined} what happened while the tool was on its way */
  let early;

  async function load() {
    if (early) return;
    early = [];
    try {
      handle = await (await import('./tool.js')).start(root);
    } catch {
      // No network just now: the next sign asks again.
      early = undefined;
    }
    for (const event of early ?? []) handle?.(event);
  }

  for (const type of ['click', 'change', 'keydown', 'popstate']) {
    addEventListener(type, (event) => {
      if (type !== 'popstate') load();
      if (handle) handle(event);
      else early?.push(event);
    });
  }
  document.addEventListener('selectionchange', () => getSelection()?.isCollapsed || load());
  root.addEventListener('pointerover', ({ target }) => /** @type {Element} */ (target).closest('mark') && load());
  if (history.state || remembers(token)) load();

  for (const part of document.querySelectorAll('[data-script-only]')) /** @type {HTMLElement} */ (part).hidden = false;
  root.addEventListener('click', leaveFold);
  // On the window: what has something of its own to copy comes first.
  addEventListener('copy', copyWithoutMarks);
  if (!token) return;
  tellTimes();
  arrive(root);
}

/** A click on a fold is no press where words are selected by it (of several, the second takes the first back by itself)
 * or a mark is meant. @param {MouseEvent} event */
function leaveFold(event) {
  const target = /** @type {Element} */ (event.target);
  const selecting = event.detail % 2 && !getSelection()?.isCollapsed;
  const left = target.closest(selecting ? 'summary' : 'body:not([data-tool=off]) summary mark');
  if (left && !target.closest('a')) event.preventDefault();
}

/** Marks without a link, a link of the reader's own, or that the tool is switched off. @param {string} [token] */
function remembers(token) {
  try {
    return Object.keys(localStorage).some((name) => /^snippets:(draft|off)/.test(name) || name.endsWith(`:${token}`));
  } catch {
    return false;
  }
}

/** Scroll to the first snippet, on a fresh visit without a fragment only, and once the page is laid out anyway. @param {HTMLElement} root */
function arrive(root) {
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  // The location does not tell of a text fragment: the words that it leads to may stand in the first screen.
  if (navigation?.type !== 'navigate' || /#/.test(location.hash + navigation.name)) return;
  // A page is loaded only when its modules have run.
  addEventListener('load', () =>
    requestAnimationFrame(() => setTimeout(() => scrollY || root.querySelector('mark.snippet')?.scrollIntoView({ block: 'center', behavior: 'instant' }))),
  );
}

const root = document.getElementById('article');
if (root) start(root);
