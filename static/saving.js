/** Gets what is marked stored: a moment after the last change, again until it is, each order exactly once. */

import { keepLink } from './drafts.js';
import { attempted, failed, stored } from './state.js';

/** @typedef {import('./drafts.js').About} About */
/** @typedef {import('./snippets.js').Order} Order */
/** @typedef {import('./state.js').Share} Share */
/** @typedef {import('./state.js').State} State */

/** After the last change, in ms: long enough for several marks in a row to become one link. */
const PAUSE = 600;
/** The longest wait between two attempts, and the longest for an answer, in ms. */
const LONGEST = 60_000;
const ANSWER = 20_000;

/** The service said no, or nothing (status 0). */
export class Refusal extends Error {
  /** @param {string} detail @param {number} [status] @param {number} [wait] seconds, if it said so */
  constructor(detail, status = 0, wait = 0) {
    super(detail);
    this.status = status;
    this.wait = wait;
  }

  /** The same call may succeed later. */
  get passing() {
    return [0, 408, 429].includes(this.status) || this.status >= 500;
  }
}

/** @param {string} url @param {RequestInit} how @returns {Promise<any>} */
export async function call(url, how) {
  let answer;
  try {
    answer = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout?.(ANSWER), ...how });
  } catch (error) {
    throw new Refusal(String(error));
  }
  const body = await answer.json().catch(() => null);
  if (answer.ok) return body;
  const wait = Number(answer.headers.get('Retry-After')) || 0;
  throw new Refusal(body?.errors?.[0]?.detail ?? body?.detail ?? answer.statusText, answer.status, wait);
}

/** Ask for a link, and keep it with its secret. The same key with the same order gives the same link, however often.
 * @param {string} api @param {Order | null} order @param {string} key @param {About} [about] @param {boolean} [keepalive] @returns {Promise<Share>} */
export async function issue(api, order, key, about, keepalive) {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key };
  return keepLink(await call(`${api}/shares`, { method: 'POST', headers, keepalive, body: JSON.stringify(order) }), about);
}

export class Saver {
  /** @type {State | undefined} */ #state;
  /** @type {About | undefined} */ #about;
  /** @type {Promise<void> | null} */ #attempt = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #failures = 0;

  /** @param {string} api @param {(event: (state: State) => State) => void} happens */
  constructor(api, happens) {
    this.api = api;
    this.happens = happens;
  }

  /** Store what this wants stored. @param {State} state @param {About} about */
  follow(state, about) {
    const wanted = this.#state?.key !== state.key;
    this.#state = state;
    this.#about = about;
    if (!wanted) return;
    clearTimeout(this.#timer);
    this.#failures = 0;
    if (state.status === 'saving') this.#timer = setTimeout(() => this.flush(), PAUSE);
  }

  /** Try now. Resolves when the attempt is over, whatever came of it. @param {boolean} [leaving] */
  async flush(leaving = false) {
    if (leaving && this.#attempt) return;
    await this.#attempt;
    if (!this.#state?.order || this.#state.share) return;
    clearTimeout(this.#timer);
    this.#attempt ??= this.#try(this.#state, leaving).finally(() => (this.#attempt = null));
    await this.#attempt;
  }

  /** @param {State} state @param {boolean} leaving */
  async #try({ order, key, status }, leaving) {
    if (status !== 'retrying') this.happens(attempted);
    try {
      const share = await issue(this.api, order, key, this.#about, leaving);
      this.happens((state) => stored(state, order, key, share));
    } catch (error) {
      if (this.#state?.key !== key) return;
      const { passing, message, wait } = error instanceof Refusal ? error : new Refusal(String(error), 1);
      if (passing) {
        const pause = Math.min(LONGEST, 1000 * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
        this.#timer = setTimeout(() => this.flush(), Math.max(pause, 1000 * wait));
      }
      this.happens((state) => failed(state, message, passing));
    }
  }
}
