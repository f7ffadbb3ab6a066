/** One visit to one page: keeps its marks, their link, the address bar and what the browser remembers in step. */

import { Address } from './address.js';
import { keepLink, names, ownLink, DraftKeeper, DRAFT } from './drafts.js';
import { shorten, signature } from './marking.js';
import { show } from './panel.js';
import { issue, Saver } from './saving.js';

/** @typedef {import('./marking.js').Marking} Marking */
/** @typedef {import('./saving.js').Order} Order */
/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./saving.js').Share} Share */
/** @typedef {{snippets: Snippet[], revision: number, share: Share | null}} Shown offsets hold in one revision alone */
/** @typedef {Omit<Shown, 'snippets'> & {snippets: string, own: boolean}} Entry own: made by this visit, so its next link replaces it */

/** How long "Copy" waits for a link that is being stored, in ms: browsers forget the press soon after. */
const PATIENCE = 3000;

export class Visit {
  #drafts = new DraftKeeper();

  /** @param {Marking} marking */
  constructor(marking) {
    const { api = '', token = '', shareUrl: url = '', printUrl: print_url = '', articleUrl = '', marks } = document.body.dataset;
    const mine = ownLink(token);
    const share = token && marks !== 'off' ? { token, url, print_url, expires_at: mine?.expires_at, address: location.href } : null;
    this.api = api;
    /** The address without marks. */
    this.home = token ? articleUrl : location.href;
    /** Seconds that the next link is kept; null: for good. @type {number | null} */
    this.expires = mine?.expires_in ?? null;
    this.marking = marking;
    this.saver = new Saver((order, key, leaving) => this.issue(order, key, this.#about, leaving), () => this.#changed());
    this.opened = signature(marking.snippets);
    this.mine = Boolean(mine);
    this.address = new Address({ ...this.#shown, share });
    this.share = share;
  }

  /** Answers whether it did: not where Back or Forward was faster than this page, and its address is another's already. */
  begin() {
    const { token } = document.body.dataset;
    const { article } = this.marking.root.dataset;
    const { state } = history;
    if (state && !state.again && !location.pathname.endsWith(token ? `/s/${token}` : `/articles/${article}`)) {
      // Once: should the page that comes not be of this address either, it is the one to work on.
      history.replaceState({ ...state, again: true }, '');
      location.reload();
      return false;
    }
    this.want(this.share);
    if (names(DRAFT).length) import('./leftovers.js').then(({ takeUp }) => takeUp(this, this.#drafts.name));
    return true;
  }

  /** The history went to an entry: show its marks, unless a jump within the page made it. @param {PopStateEvent} event */
  move({ state }) {
    const shown = this.address.arrive(state);
    if (!shown) return this.address.put(this.#url, this.#shown);
    const { marking } = this;
    // From before an edit and a reload, or of another revision: its marks are drawn where the service knows that they are.
    // So it is where the page's words are others.
    if (shown.revision !== marking.revision || !marking.ground.survey()) return location.reload();
    Object.assign(marking, { done: [], undone: [] }).show(shown.snippets);
    this.want(shown.share);
  }

  /** See to a link for the marks as they are now. @param {Share | null} [share] it, where it is known */
  want(share) {
    this.#drafts.left = false;
    this.saver.want(this.marking.order(this.expires), undefined, share);
  }

  /** @param {Order} order @param {string} key @param {import('./drafts.js').About} about @param {boolean} [leaving] */
  async issue(order, key, about, leaving) {
    const share = await issue(this.api, order, key, leaving);
    keepLink(share, about);
    return share;
  }

  /** What an entry of the history carries: no secrets. */
  get #shown() {
    const { share } = this.saver;
    const { snippets, revision } = this.marking;
    return { snippets, revision, share: share && { ...share, manage_key: undefined } };
  }

  get #about() {
    const { root, snippets } = this.marking;
    return {
      title: root.querySelector('h1')?.textContent ?? '',
      words: snippets.length ? shorten(this.marking.quote(snippets[0])) : '',
      count: snippets.length,
      expires_in: this.expires,
    };
  }

  /** The address of what is shown. */
  get #url() {
    const { share, order } = this.saver;
    const { done, undone } = this.marking;
    return share ? share.address ?? share.url : done.length + undone.length && !order ? this.home : location.href;
  }

  #changed() {
    const { state, share, order, key } = this.saver;
    this.address.go(this.#url, this.#shown);
    if (order && !share && state !== 'revoked') this.#drafts.keep({ order, key, about: this.#about });
    else this.#drafts.drop();
    show(this.marking, this.saver, signature(this.marking.snippets) === this.opened, this.mine || this.address.own);
  }

  /** The link of what is marked now, if it can be had soon. @returns {Promise<Share | null>} */
  async stored() {
    await Promise.race([this.saver.flush(), new Promise((over) => setTimeout(over, PATIENCE))]);
    return this.saver.share;
  }

  leave() {
    this.#drafts.leave();
    this.saver.flush(true);
  }
}
