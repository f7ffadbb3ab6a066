/** The reading bar of a link that was sent: from snippet to snippet, and which of how many. */

import { reveal } from './folds.js';

/** By so much a page may scroll without the reader having gone on, in px. */
const SLIP = 8;

/** @param {HTMLElement} root */
export function mindBar(root) {
  const bar = document.getElementById('bar');
  if (!bar) return;
  const step = /** @type {HTMLElement} */ (bar.querySelector('[data-show=step]'));
  const list = /** @type {HTMLElement} */ (bar.querySelector('ol'));
  const count = list.children.length;
  let at = 1;
  /** Where a jump has led to. */
  let landed = NaN;

  /** Where a snippet begins; of one that is lost, its entry in the list. @param {number} number */
  const place = (number) => document.getElementById(`snippet-${number}`);

  /** @param {number} number */
  function show(number) {
    at = number;
    step.textContent = `${at}/${count}`;
  }

  /** Show which one the reader has come to. */
  function look() {
    if (Math.abs(scrollY - landed) < SLIP) return;
    let last = 1;
    for (let number = 2; number <= count; number++) {
      const start = place(number);
      if (root.contains(start) && start && start.getBoundingClientRect().top < innerHeight / 2) last = number;
    }
    show(last);
  }

  /** The whole of the snippet that the address leads to is outlined: `:target` is but its first segment. */
  function aim() {
    const number = Number(/^#snippet-(\d+)$/.exec(location.hash)?.[1]);
    for (const mark of root.querySelectorAll('[data-aim]')) mark.removeAttribute('data-aim');
    if (!number) return;
    for (const mark of root.querySelectorAll(`mark[data-snippets~="${number}"]`)) mark.setAttribute('data-aim', '');
    landed = scrollY;
    show(number);
  }

  bar.addEventListener('click', ({ target }) => {
    const { step } = /** @type {HTMLElement} */ (target).dataset;
    if (!step) return;
    const number = ((at - 1 + Number(step) + count) % count) + 1;
    reveal(place(number));
    // In the place of the present entry of the history: Back leads out of the page, not through all that was read.
    location.replace(`#snippet-${number}`);
    aim();
  });
  addEventListener('hashchange', aim);
  addEventListener('scroll', look, { passive: true });
  list.hidden = true;
  look();
  aim();
}
