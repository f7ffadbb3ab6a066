/**
 * What this browser keeps: marks not stored yet, the reader's own links with their manage keys, preferences.
 * Storage may be missing, full or forbidden; then nothing is kept, and everything else goes on.
 */

/** @typedef {import('./saving.js').Order} Order */
/** @typedef {import('./saving.js').Share} Share */
/** @typedef {{title: string, words: string, count: number, expires_in: number | null}} About what to tell of a link */
/** @typedef {{order: Order, key: string, about: About, path: string, at: number}} Draft path: where it was made */
/** @typedef {Share & About} Link */

export const DRAFT = 'snippets:draft:';
export const LINK = 'snippets:link:';
export const OFF = 'snippets:off';
export const KEYS_OFF = 'snippets:keys-off';

/** @template T @param {() => T} use @returns {T | null} */
export function safely(use) {
  try {
    return use();
  } catch {
    return null;
  }
}

/** @param {string} name @returns {any} */
export const recall = (name) => safely(() => JSON.parse(localStorage[name] ?? 'null'));

/** @param {string} name @param {unknown} [value] nothing: forget it */
export const keep = (name, value) =>
  safely(() => (value === undefined ? localStorage.removeItem(name) : localStorage.setItem(name, JSON.stringify(value))));

/** @param {string} prefix @returns {string[]} */
export const names = (prefix) => safely(() => Object.keys(localStorage).filter((name) => name.startsWith(prefix))) ?? [];

/**
 * The draft of this page, under a name of its own, so that two tabs never overwrite each other. While one is kept the
 * page holds a lock of the same name: a draft without its lock was left behind, by a reload, a crash or a closed tab.
 */
export class DraftKeeper {
  /** The page was left; answers that come while it goes change nothing about that. */ left = false;
  name = DRAFT + crypto.getRandomValues(new Uint32Array(2)).join('');
  /** @type {(() => void) | null} */ #release = null;

  /** @param {Omit<Draft, 'path' | 'at'>} draft */
  keep(draft) {
    keep(this.name, { ...draft, path: location.pathname, at: this.left ? 0 : Date.now() });
    if (this.#release) return;
    const held = new Promise((done) => (this.#release = () => done(null)));
    navigator.locks?.request(this.name, () => held).catch(() => {});
  }

  drop() {
    if (!this.#release) return;
    keep(this.name);
    this.#release();
    this.#release = null;
  }

  /** The page is left: whoever comes next may take the draft over, without waiting for it to grow old. */
  leave() {
    this.left = true;
    if (this.#release) keep(this.name, { ...recall(this.name), at: 0 });
  }
}

/** @param {Share} share @param {About} about */
export function keepLink({ token, url, print_url, created_at, expires_at, manage_key }, about) {
  if (manage_key) keep(LINK + token, { token, url, print_url, created_at, expires_at, manage_key, ...about });
}

/** @param {string} token @returns {Link | null} */
export const ownLink = (token) => recall(LINK + token);
