/** Gets what is marked stored: a moment after the last change, again until it is, each order exactly once. */

/** @typedef {{article: string, revision: number, snippets: {color: string, selectors: {type: string, start?: number, end?: number, exact?: string}[]}[], expires_in: number | null}} Order the body of a request; code points */
/**
 * @typedef {object} Share
 * @property {string} token
 * @property {string} url
 * @property {string} print_url
 * @property {string | null} [created_at]
 * @property {string | null} [expires_at]
 * @property {string} [manage_key]
 * @property {string} [address] the one it was opened at, where that says more
 */
/** @typedef {'none' | 'saving' | 'saved' | 'retrying' | 'refused' | 'revoked'} State */

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
    return !this.status || this.status >= 500 || this.status === 408 || this.status === 429;
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

/** Ask for a link. The same key with the same order gives the same link, however often. @param {string} api @param {Order} order @param {string} key @param {boolean} [keepalive] @returns {Promise<Share>} */
export function issue(api, order, key, keepalive) {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key };
  return call(`${api}/shares`, { method: 'POST', headers, keepalive, body: JSON.stringify(order) });
}

export class Saver {
  /** @type {State} */ state = 'none';
  /** @type {Order | null} what is to be stored */ order = null;
  /** @type {Share | null} its link, once stored */ share = null;
  /** @type {string} why the last attempt failed */ reason = '';
  key = '';
  /** @type {Map<string, Share>} links of this visit, by their orders: undoing leads back to the same link */ #known = new Map();
  /** @type {Promise<void> | null} */ #attempt = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #failures = 0;

  /** @param {(order: Order, key: string, leaving: boolean) => Promise<Share>} issue @param {() => void} changed the state changed */
  constructor(issue, changed) {
    this.issue = issue;
    this.changed = changed;
  }

  /** A link is gone. @param {string | null | undefined} token */
  forget(token) {
    for (const [order, share] of this.#known) if (share.token === token) this.#known.delete(order);
    if (!token || this.share?.token !== token) return;
    this.share = null;
    this.key = newKey();
    this.#become('revoked');
  }

  /** Store this from now on; null: there is nothing to store. @param {Order | null} order @param {string} [key] of an earlier attempt @param {Share | null} [share] its link, where it is known */
  want(order, key, share) {
    const name = JSON.stringify(order);
    if (share) this.#known.set(name, share);
    clearTimeout(this.#timer);
    this.order = order;
    this.key = key ?? newKey();
    this.#failures = 0;
    this.share = this.#known.get(name) ?? null;
    if (order && !this.share) this.#timer = setTimeout(() => this.flush(), key ? 0 : PAUSE);
    this.#become(!order ? 'none' : this.share ? 'saved' : 'saving');
  }

  /** Try now. Resolves when the attempt is over, whatever came of it. @param {boolean} [leaving] */
  async flush(leaving = false) {
    if (leaving && this.#attempt) return;
    await this.#attempt;
    if (!this.order || this.share) return;
    clearTimeout(this.#timer);
    this.#attempt ??= this.#try(this.order, this.key, leaving).finally(() => (this.#attempt = null));
    await this.#attempt;
  }

  /** @param {Order} order @param {string} key @param {boolean} leaving */
  async #try(order, key, leaving) {
    if (this.state !== 'retrying') this.#become('saving');
    try {
      const share = await this.issue(order, key, leaving);
      this.#known.set(JSON.stringify(order), share);
      if (this.key !== key) return;
      this.share = share;
      this.#become('saved');
    } catch (error) {
      if (this.key !== key) return;
      const { passing, message, wait } = error instanceof Refusal ? error : new Refusal(String(error), 1);
      this.reason = message;
      if (passing) {
        const pause = Math.min(LONGEST, 1000 * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
        this.#timer = setTimeout(() => this.flush(), Math.max(pause, 1000 * wait));
      }
      this.#become(passing ? 'retrying' : 'refused');
    }
  }

  /** @param {State} state */
  #become(state) {
    this.state = state;
    this.changed();
  }
}

/** 160 random bits in about 50 digits: an Idempotency-Key wants at least 22 characters, which fewer bits could miss. */
const newKey = () => crypto.getRandomValues(new Uint32Array(5)).join('-');
