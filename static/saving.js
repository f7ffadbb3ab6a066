/** Gets what is marked stored: a moment after the last change, again until it is, each order exactly once. */

import { Refusal } from './service.js';

/** @typedef {import('./service.js').Order} Order */
/** @typedef {import('./service.js').Share} Share */
/** @typedef {'none' | 'saving' | 'saved' | 'retrying' | 'refused' | 'revoked'} State */

/** After the last change, in ms: long enough for several marks in a row to become one link. */
const PAUSE = 600;
/** The longest wait between two attempts, in ms. */
const LONGEST = 60_000;

export class Saver {
  /** @type {State} */ state = 'none';
  /** @type {Order | null} what is to be stored */ order = null;
  /** @type {Share | null} its link, once stored */ share = null;
  /** @type {Refusal | null} */ refusal = null;
  key = '';
  /** @type {Map<string, Share>} links of this visit, by what they hold: undoing leads back to the same link */ #known = new Map();
  /** @type {Promise<void> | null} */ #attempt = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #failures = 0;

  /**
   * @param {(order: Order, key: string, leaving: boolean) => Promise<Share>} issue
   * @param {() => void} changed the state changed
   */
  constructor(issue, changed) {
    this.issue = issue;
    this.changed = changed;
  }

  /** @param {Order} order @param {Share} share */
  know(order, share) {
    this.#known.set(JSON.stringify(order), share);
  }

  /** A link is gone. @param {string} token */
  forget(token) {
    for (const [order, share] of this.#known) if (share.token === token) this.#known.delete(order);
    if (this.share?.token === token) {
      this.share = null;
      this.key = newKey();
      this.#become('revoked');
    }
  }

  /** Store this from now on; null: there is nothing to store. @param {Order | null} order @param {string} [key] of an earlier attempt */
  want(order, key) {
    clearTimeout(this.#timer);
    this.order = order;
    this.key = key ?? newKey();
    this.#failures = 0;
    this.share = (order && this.#known.get(JSON.stringify(order))) ?? null;
    if (order && !this.share) this.#timer = setTimeout(() => this.flush(), key ? 0 : PAUSE);
    this.#become(!order ? 'none' : this.share ? 'saved' : 'saving');
  }

  /** Try now. Resolves when the attempt is over, whatever came of it. @param {boolean} [leaving] */
  async flush(leaving = false) {
    if (!this.order || this.share || (leaving && this.#attempt)) return;
    clearTimeout(this.#timer);
    await this.#attempt;
    if (this.share) return;
    this.#attempt ??= this.#try(this.order, this.key, leaving).finally(() => (this.#attempt = null));
    await this.#attempt;
  }

  /** @param {Order} order @param {string} key @param {boolean} leaving */
  async #try(order, key, leaving) {
    if (this.state !== 'retrying') this.#become('saving');
    try {
      const share = await this.issue(order, key, leaving);
      this.know(order, share);
      if (this.order !== order || this.key !== key) return;
      this.share = share;
      this.#become('saved');
    } catch (error) {
      if (this.order !== order || this.key !== key) return;
      this.refusal = error instanceof Refusal ? error : new Refusal(String(error), 1);
      if (!this.refusal.again) return this.#become('refused');
      const wait = Math.min(LONGEST, 1000 * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
      this.#timer = setTimeout(() => this.flush(), Math.max(wait, 1000 * (this.refusal.wait ?? 0)));
      this.#become('retrying');
    }
  }

  /** @param {State} state */
  #become(state) {
    this.state = state;
    this.changed();
  }
}

/** 128 random bits in 32 visible characters, as an Idempotency-Key wants at least 22. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
