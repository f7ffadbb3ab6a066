/** One visit to one page: keeps its marks, their link, the address bar and what the browser remembers in step. */

import { Address } from './address.js';
import { DraftKeeper, keep, keepLink, ownLink } from './drafts.js';
import { gettext } from './language.js';
import { shorten } from './list.js';
import { Marking } from './marking.js';
import { signature } from './marks.js';
import { tell } from './page.js';
import { show } from './panel.js';
import { Saver } from './saving.js';
import { Refusal, issue } from './service.js';

/** @typedef {import('./service.js').Share} Share */
/** @typedef {import('./drafts.js').Draft} Draft */

/** How long "Copy" waits for a link that is being stored, in ms: browsers forget the press soon after. */
const PATIENCE = 3000;
/** Drafts of other pages are sent only after those pages had time to come back for them, in ms. */
const GRACE = 5000;

export class Visit {
  /** @type {number | null} seconds that the next link is kept; null: for good */ expires = null;
  #drafts = new DraftKeeper();

  /** @param {HTMLElement} root */
  constructor(root) {
    const { api = '', token = '', shareUrl = '', printUrl = '', articleUrl = '', marks } = document.body.dataset;
    this.api = api;
    this.home = token ? articleUrl : location.pathname + location.search;
    this.marking = new Marking(root, () => this.#want());
    this.saver = new Saver(
      (order, key, leaving) => this.#issue({ order, key, about: this.#about(), path: '', at: 0 }, leaving),
      () => this.#changed(),
    );
    const mine = ownLink(token);
    const url = location.href.replace(/#.*/, '');
    const share = token && marks !== 'off' ? { token, url: shareUrl, print_url: printUrl, expires_at: mine?.expires_at, address: url } : null;
    this.expires = mine?.expires_in ?? null;
    const { snippets } = this.marking;
    this.opened = signature(snippets);
    this.address = new Address({ snippets, share }, () => this.#shown, (shown) => {
      this.marking.restart(shown.snippets);
      this.#want(shown.share);
    });
    this.#want(share);
  }

  /** @param {Share | null} [share] the link of these marks, where it is known */
  #want(share) {
    const order = this.marking.order(this.expires);
    if (order && share) this.saver.know(order, share);
    this.saver.want(order);
  }

  get #shown() {
    const { share } = this.saver;
    return { snippets: this.marking.snippets, share: share && { ...share, manage_key: undefined } };
  }

  #about() {
    const { root, snippets } = this.marking;
    return {
      title: root.querySelector('h1')?.textContent ?? '',
      words: snippets.length ? shorten(this.marking.quote(snippets[0])) : '',
      count: snippets.length,
      expires_in: this.expires,
    };
  }

  /** @param {Draft} draft @param {boolean} [leaving] */
  async #issue({ order, key, about }, leaving) {
    const share = await issue(this.api, order, key, leaving);
    keepLink(share, about);
    return share;
  }

  #changed() {
    const { state, share, order, key } = this.saver;
    if (state === 'saved' && share) this.address.go(share.address ?? share.url, this.#shown);
    else if (state === 'none') this.address.go(this.home, this.#shown);
    else this.address.note(this.#shown);
    if (order && !share && state !== 'revoked') this.#drafts.keep(order, key, this.#about());
    else this.#drafts.drop();
    show(this.marking, this.saver, signature(this.marking.snippets) === this.opened);
  }

  /** Take up marks that this page was left with before they had a link; those of other pages get one in passing. */
  async restore() {
    const { root, done } = this.marking;
    const { article, revision } = root.dataset;
    const here = (await this.#drafts.left()).find(
      ([, { order, path }]) => order.article === article && order.revision === Number(revision) && path === location.pathname,
    );
    if (here && !done.length) {
      const [name, { order, key }] = here;
      this.expires = order.expires_in;
      this.marking.restore(this.marking.fromOrder(order));
      this.saver.want(order, key);
      keep(name);
      tell(gettext('The marks that you made here before are back.'));
    }
    setTimeout(() => this.#send(), GRACE);
  }

  async #send() {
    for (const [name, draft] of await this.#drafts.left()) {
      try {
        await this.#issue(draft);
        tell(gettext('Marks that you made earlier have a link now: see “My links”.'));
      } catch (error) {
        if (error instanceof Refusal && error.again) continue;
      }
      keep(name);
    }
  }

  /** The link of what is marked now, if it can be had soon. @returns {Promise<Share | null>} */
  async stored() {
    await Promise.race([this.saver.flush(), new Promise((over) => setTimeout(over, PATIENCE))]);
    return this.saver.share;
  }

  /** @param {number | null} seconds @param {Share} [share] whose expiry this is already */
  expire(seconds, share) {
    this.expires = seconds;
    this.#want(share);
  }

  leave() {
    this.#drafts.leave();
    this.saver.flush(true);
  }
}
