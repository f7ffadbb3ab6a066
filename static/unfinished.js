/** Drafts that no open page works on. */

import { DRAFT, names, recall } from './drafts.js';

/** @typedef {import('./drafts.js').Draft} Draft */

/** A draft of a page that cannot be asked whether it is still open counts as left after this time, in ms. */
const STALE = 300_000;

/** By their names, the newest first. @param {string} [mine] that of the page that asks @returns {Promise<[string, Draft][]>} */
export async function unfinished(mine) {
  const held = new Set((await navigator.locks?.query())?.held?.map(({ name }) => name));
  return names(DRAFT)
    .map((name) => /** @type {[string, Draft]} */ ([name, recall(name)]))
    .filter(([name, draft]) => name !== mine && Array.isArray(draft?.order?.snippets) && !(draft.at && held.has(name)))
    .filter(([, { at }]) => navigator.locks || Date.now() - at > STALE)
    .sort(([, a], [, b]) => b.at - a.at);
}
