/**
 * What this browser keeps: marks not stored yet, the reader's own links with their manage keys, preferences.
 * Storage may be missing, full or forbidden; then nothing is kept, and everything else goes on.
 */

/** @typedef {import('./snippets.js').Order} Order */
/** @typedef {import('./state.js').Share} Share */
/** @typedef {import('./state.js').State} State */
/** @typedef {{title: string, words: string, count: number, expires_in: number | null, article?: string, visit?: string, colors?: string[]}} About
 * what to tell of a link; links from before there were visits lack the last three */
/** @typedef {{order: Order, key: string, about: About, path: string, at: number}} Draft path: where it was made */
/** @typedef {Share & About & {manage_key: string, at?: number}} Link at: when it was kept, in ms */

export const DRAFT = 'snippets:draft:';
export const LINK = 'snippets:link:';
/** Happens on the window when there are other links than before. */
export const KEPT = 'snippets:kept';
export const OFF = 'snippets:off';
const TRIAL = 'snippets:trial';
export const KEYS_OFF = 'snippets:keys-off';

/** @template T @param {() => T} use @returns {T | null} */
export function safely(use) {
  try {
    return use();
  } catch {
    return null;
  }
}

/** Whether this browser keeps anything for this page. */
export const keeps = () =>
  Boolean(
    safely(() => {
      localStorage.setItem(TRIAL, '');
      localStorage.removeItem(TRIAL);
      return true;
    }),
  );

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
  name = DRAFT + crypto.getRandomValues(new Uint32Array(2)).join('');
  /** The key of what the page was left with. */ #left = '';
  /** @type {(() => void) | null} */ #release = null;

  /** Keep what is not stored yet, and nothing else. @param {State} state @param {About} about */
  follow({ order, key, share, status }, about) {
    const left = key === this.#left;
    // An answer that comes while the page goes: the one that comes was asked for without it, and is to show these marks.
    if (left && share) return;
    if (order && !share && status !== 'revoked') {
      keep(this.name, { order, key, about, path: location.pathname, at: left ? 0 : Date.now() });
      if (this.#release) return;
      const held = new Promise((done) => (this.#release = () => done(null)));
      navigator.locks?.request(this.name, () => held).catch(() => {});
    } else if (this.#release) {
      keep(this.name);
      this.#release();
      this.#release = null;
    }
  }

  /** The page is left: whoever comes next may take the draft over, without waiting for it to grow old. @param {State} state @param {About} about */
  leave(state, about) {
    this.#left = state.key;
    this.follow(state, about);
  }
}

/** Keep a link that was made here, with its secret. Answers with what is no secret. @param {Share & {manage_key?: string}} link @param {About} [about] @returns {Share} */
export function keepLink({ manage_key, token, url, print_url, created_at, expires_at }, about) {
  const share = { token, url, print_url, created_at, expires_at };
  if (manage_key) {
    keep(LINK + token, { ...share, manage_key, at: Date.now(), ...about });
    dispatchEvent(new Event(KEPT));
  }
  return share;
}

/** @param {string} token @returns {Link | null} */
export const ownLink = (token) => recall(LINK + token);
