/**
 * The entry point of the pages that hold an article. Who only reads loads nothing more; the tool comes with the first
 * sign that somebody wants it, or when the browser remembers something of this page: an entry of its history, a draft, a link.
 */

/** The tool's modules: asked for at once, not one after the other as they import each other. */
const PARTS = 'visit gestures panel page marking text selection toolbar saving drafts address tool'.split(' ');

/** @param {HTMLElement} root */
function start(root) {
  const { token } = document.body.dataset;
  // As it was published: what a translation puts in later is not what offsets count.
  const text = root.textContent;
  /** @type {((event: Event) => void) | undefined} */
  let handle;
  /** @type {Event[] | undefined} what happened while the tool was on its way */
  let early;

  async function load() {
    if (early) return;
    early = [];
    const modules = await Promise.all(PARTS.map((name) => import(`./${name}.js`)));
    handle = modules[PARTS.length - 1].start(root, text);
    for (const event of early) handle?.(event);
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
  // A list of snippets is one tab stop; arrows, which the tool brings, lead through it.
  for (const list of document.querySelectorAll('[data-show="list"]')) {
    list.removeAttribute('tabindex');
    list.querySelectorAll('a').forEach((link, index) => (link.tabIndex = index ? -1 : 0));
  }
  if (token) arrive(root);
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
