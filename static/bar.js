/** The reading bar of a link that was sent: leads to the first snippet, from one to the next, and says which of how many. */

import { aim } from './aim.js';
import { reveal } from './folds.js';
import { leftOut } from './legend.js';

/** By so much a page may scroll without the reader having gone on, in px. */
const SLIP = 8;

/** @param {HTMLElement} root */
export function mindBar(root) {
  const bar = document.getElementById('bar');
  if (!bar) return;
  const step = /** @type {HTMLElement} */ (bar.querySelector('[data-show=step]'));
  const list = /** @type {HTMLElement} */ (bar.querySelector('ol'));
  const links = [...list.querySelectorAll('a')];
  /** The numbers of those that have a place in the text. */
  const placed = links.flatMap(({ dataset }, index) => (dataset.status === 'lost' ? [] : [index + 1]));
  let at = 0;
  /** Where a jump has led to. */
  let landed = NaN;

  /** Where a snippet begins; of one that is lost, its entry in the list. @param {number} number */
  const place = (number) => document.getElementById(`snippet-${number}`);

  /** @param {number} number 0: before the first */
  function show(number) {
    at = number;
    step.textContent = `${at || '–'}/${links.length}`;
  }

  /** Show which one the reader has come to. */
  function look() {
    if (Math.abs(scrollY - landed) < SLIP) return;
    landed = NaN;
    let [from, to] = [0, placed.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (Number(place(placed[middle])?.getBoundingClientRect().top) < innerHeight / 2) from = middle + 1;
      else to = middle;
    }
    step.ariaLive = 'off';
    show(placed[from - 1] ?? 0);
  }

  /** The index of the one to go to, past those whose colour is left out. @param {number} by 1 or -1 */
  function next(by) {
    let index = at - 1;
    for (let tries = 0; tries < links.length; tries++) {
      index = (Math.max(index, by < 0 ? 0 : -1) + by + links.length) % links.length;
      if (!leftOut(links[index].dataset.color)) break;
    }
    return index;
  }

  /** Show the snippet that the address leads to. */
  function land() {
    const number = Number(/^#snippet-(\d+)$/.exec(location.hash)?.[1]);
    aim(root, number);
    if (number) show(number);
    landed = scrollY;
  }

  /** Scroll to the first snippet, on a fresh visit without a fragment only. */
  function arrive() {
    const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
    const first = root.querySelector('mark.snippet');
    // The location does not tell of a text fragment: the words that it leads to may stand in the first screen.
    if (!first || scrollY || navigation?.type !== 'navigate' || /#/.test(location.hash + navigation.name)) return;
    first.scrollIntoView({ block: 'center', behavior: 'instant' });
    show(placed[0]);
    landed = scrollY;
  }

  bar.addEventListener('click', ({ target }) => {
    const button = /** @type {HTMLElement} */ (target);
    if (!button.dataset.step) return;
    const number = next(Number(button.dataset.step));
    reveal(place(number + 1));
    step.ariaLive = 'polite';
    // In the place of the present entry of the history: Back leads out of the page, not through all that was read.
    location.replace(`#snippet-${number + 1}`);
    // A jump takes the focus along.
    button.focus({ preventScroll: true });
    land();
  });
  addEventListener('hashchange', land);
  list.hidden = true;
  // A page is loaded only when its modules have run; a moment later it is laid out, and has jumped where its address leads.
  const begin = () => {
    look();
    arrive();
    land();
    addEventListener('scroll', look, { passive: true });
  };
  addEventListener('load', () => requestAnimationFrame(() => setTimeout(begin)));
}
