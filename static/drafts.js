/**
 * What this browser keeps: marks not stored yet, the reader's own links with their manage keys, preferences.
 * Storage may be missing, full or forbidden; then nothing is kept, and everything else goes on.
 */

import { readShare } from './service.js';

/** @typedef {import('./service.js').Order} Order */
/** @typedef {import('./service.js').Share} Share */
/** @typedef {{title: string, words: string, count: number, expires_in: number | null}} About what to tell of a link */
/** @typedef {{order: Order, key: string, about: About, path: string, at: number}} Draft path: where it was made */
/** @typedef {Share & About} Link */

const DRAFT = 'snippets:draft:';
const LINK = 'snippets:link:';
/** A draft of a page that cannot be asked whether it is still open counts as left after this time, in ms. */
const STALE = 300_000;

/** @param {() => any} use */
function safely(use) {
  try {
    return use();
  } catch {
    return null;
  }
}

/** @param {string} name @returns {any} */
export function recall(name) {
  return safely(() => JSON.parse(localStorage.getItem(name) ?? 'null'));
}

/** @param {string} name @param {unknown} [value] nothing: forget it */
export function keep(name, value) {
  safely(() => (value === undefined ? localStorage.removeItem(name) : localStorage.setItem(name, JSON.stringify(value))));
}

/** @param {string} prefix @returns {string[]} */
function names(prefix) {
  return safely(() => Object.keys(localStorage).filter((name) => name.startsWith(prefix))) ?? [];
}

/**
 * The draft of this page, under a name of its own, so that two tabs never overwrite each other. While one is kept the
 * page holds a lock of the same name: a draft without its lock was left behind, by a reload, a crash or a closed tab.
 */
export class DraftKeeper {
  #name = DRAFT + crypto.getRandomValues(new Uint32Array(2)).join('');
  #release = () => {};
  #kept = false;

  /** @param {Order} order @param {string} key @param {About} about */
  keep(order, key, about) {
    keep(this.#name, { order, key, about, path: location.pathname, at: Date.now() });
    safely(() => sessionStorage.setItem(DRAFT, this.#name));
    if (this.#kept) return;
    this.#kept = true;
    navigator.locks?.request(this.#name, () => new Promise((done) => (this.#release = () => done(null)))).catch(() => {});
  }

  drop() {
    if (!this.#kept) return;
    keep(this.#name);
    this.#release();
    this.#kept = false;
  }

  /** The page is left: whoever comes next may take the draft over, without waiting for it to grow old. */
  leave() {
    const draft = this.#kept && recall(this.#name);
    if (draft) keep(this.#name, { ...draft, at: 0 });
  }

  /** Drafts left behind, this tab's own first, then the newest. @returns {Promise<[string, Draft][]>} */
  async left() {
    const found = names(DRAFT).filter((name) => name !== this.#name);
    if (!found.length) return [];
    const held = new Set((await navigator.locks?.query())?.held?.map(({ name }) => name));
    const own = safely(() => sessionStorage.getItem(DRAFT));
    return found
      .map((name) => /** @type {[string, Draft]} */ ([name, recall(name)]))
      .filter(([name, draft]) => draft?.order && !held.has(name) && (navigator.locks || name === own || Date.now() - draft.at > STALE))
      .sort(([a, { at: x }], [b, { at: y }]) => Number(b === own) - Number(a === own) || y - x);
  }
}

/** @param {Share} share @param {About} about */
export function keepLink(share, about) {
  if (share.manage_key) keep(LINK + share.token, { ...readShare(share), ...about });
}

/** @param {Link} link */
export function changeLink(link) {
  keep(LINK + link.token, link);
}

/** @param {string} token */
export function dropLink(token) {
  keep(LINK + token);
}

/** @param {string} token @returns {Link | null} */
export function ownLink(token) {
  return recall(LINK + token);
}

/** Newest first. @returns {Link[]} */
export function ownLinks() {
  return names(LINK)
    .map((name) => recall(name))
    .filter(Boolean)
    .sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
}

/** The token of a link that another tab revoked, told by a storage event. @param {StorageEvent} event */
export function revokedElsewhere({ key, newValue }) {
  return key?.startsWith(LINK) && newValue === null ? key.slice(LINK.length) : null;
}
