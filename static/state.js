/**
 * What a visit has come to, as one value that is never changed in place. Each event makes a new one of the one before;
 * `Visit.apply` makes page, service, address and storage follow it.
 */

import { toOrder } from './snippets.js';

/** @typedef {import('./ground.js').Ground} Ground */
/** @typedef {import('./snippets.js').Order} Order */
/** @typedef {import('./text.js').Snippet} Snippet */
/**
 * @typedef {object} Share
 * @property {string} token
 * @property {string} url
 * @property {string} print_url
 * @property {string | null} [created_at]
 * @property {string | null} [expires_at]
 * @property {string} [address] the one it was opened at, where that says more
 */
/** @typedef {'none' | 'saving' | 'saved' | 'retrying' | 'refused' | 'revoked'} Status */
/**
 * What is wanted.
 * @typedef {object} Wanted
 * @property {number} revision in which offsets hold
 * @property {Snippet[]} snippets what is marked
 * @property {Snippet[][]} done the lists before it, to go back to
 * @property {Snippet[][]} undone those that were gone back from
 * @property {number | null} expires seconds that the next link is kept; null: for good
 * @property {ReadonlyMap<string, Share>} links of this visit, by their orders: undoing leads back to the same link
 */
/**
 * And what has come of it.
 * @typedef {object} Progress
 * @property {Order | null} order what is to be stored; null: nothing is marked
 * @property {string} key another one for each time that an order is wanted: its Idempotency-Key
 * @property {Share | null} share its link, once stored
 * @property {Status} status
 * @property {string} [reason] why the last attempt failed
 */
/** @typedef {Wanted & Progress} State */

/** 160 random bits in about 50 digits: an Idempotency-Key wants at least 22 characters, which fewer bits could miss. */
const newKey = () => crypto.getRandomValues(new Uint32Array(5)).join('-');

/** Something else is marked, or wanted of its link. @param {Wanted} wanted @param {Ground} ground @param {Share | null} [share] its link, where it is known @returns {State} */
export function wanting(wanted, ground, share) {
  const order = toOrder(wanted, ground);
  const name = JSON.stringify(order);
  const links = share ? new Map(wanted.links).set(name, share) : wanted.links;
  const known = links.get(name) ?? null;
  return { ...wanted, links, order, key: newKey(), share: known, status: !order ? 'none' : known ? 'saved' : 'saving' };
}

/** It is tried to store the order, though it was refused or its link revoked. @param {State} state @returns {State} */
export const attempted = (state) => ({ ...state, status: 'saving' });

/** An order was stored; another may be wanted by now. @param {State} state @param {Order | null} order @param {string} key @param {Share} share @returns {State} */
export function stored(state, order, key, share) {
  const links = new Map(state.links).set(JSON.stringify(order), share);
  return state.key === key ? { ...state, links, share, status: 'saved' } : { ...state, links };
}

/** The order was not stored. @param {State} state @param {string} reason @param {boolean} passing it is tried again @returns {State} */
export const failed = (state, reason, passing) => ({ ...state, reason, status: passing ? 'retrying' : 'refused' });

/** A link is gone. @param {State} state @param {string} token @returns {State} */
export function revoked(state, token) {
  const links = new Map([...state.links].filter(([, share]) => share.token !== token));
  return state.share?.token === token ? { ...state, links, share: null, key: newKey(), status: 'revoked' } : { ...state, links };
}
