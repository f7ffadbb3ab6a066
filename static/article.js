/**
 * The entry point of the pages that hold an article. Who only reads loads nothing more; the tool comes with the first
 * sign that somebody wants it, or when the browser remembers something of this page: an entry of its history, a draft, a link.
 */

import './scrolling.js';

/** @param {HTMLElement} root */
function start(root) {
  const { token } = document.body.dataset;
  /** As it was published: what a translation puts in later is not what offsets count. */
  let text = '';
  const capture = () => (text ||= root.textContent ?? '');
  /** @type {((event: Event) => void) | undefined} */
  let handle;
  /** @type {Event[] | undefined} what happened while the tool was on its way */
  let early;

  async function load() {
    if (early) return;
    early = [];
    capture();
    try {
      const tool = await import('./tool.js');
      handle = await tool.start(root, text);
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
  for (const list of document.querySelectorAll('[data-show="list"]')) list.addEventListener('focusin', enter);
  setTimeout(capture);
  if (token) arrive(root);
}

/** A list of snippets is one tab stop, once it has been entered; arrows, which the tool brings, lead through it. @param {Event} event */
function enter({ currentTarget, target }) {
  for (const link of /** @type {Element} */ (currentTarget).querySelectorAll('a')) link.tabIndex = link === target ? 0 : -1;
}

/** Marks without a link, a link of the reader's own, or that the tool is switched off. @param {string} [token] */
function remembers(token) {
  try {
    return Object.keys(localStorage).some((name) => /^snippets:(draft|off)/.test(name) || name === `snippets:link:${token}`);
  } catch {
    return false;
  }
}

/** Scroll to the first snippet, on a fresh visit without a fragment only, and once the page is laid out anyway. @param {HTMLElement} root */
function arrive(root) {
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  if (location.hash || navigation?.type !== 'navigate') return;
  const scroll = () =>
    requestAnimationFrame(() => setTimeout(() => scrollY || root.querySelector('mark.snippet')?.scrollIntoView({ block: 'center', behavior: 'instant' })));
  if (document.readyState === 'complete') scroll();
  else addEventListener('load', scroll);
}

const root = document.getElementById('article');
if (root) start(root);
