/** One visit to one page: what it has come to, and who follows that. */

import { kept, numbered, shorten, signature, withSpans } from './snippets.js';
import { gettext } from './i18n.js';
import { revoked, wanting } from './state.js';
import { names, ownLink, DraftKeeper, DRAFT } from './drafts.js';
import { loaded } from './loading.js';
import { tell } from './notices.js';
import { Saver } from './saving.js';
import { Address, entered } from './address.js';
import { showPanel } from './panel.js';

/** @typedef {import('./state.js').Share} Share */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Wanted} Wanted */
/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./text.js').Span} Span */

/** How long "Copy" waits for a link that is being stored, in ms: browsers forget the press soon after. */
const PATIENCE = 3000;

export class Visit {
  /** Takes away what is offered for what was marked before. */ hide = () => {};
  #saver;
  #address;
  #drafts = new DraftKeeper();
  /** The page came with what the reader was sent, and has not kept. */ #sent;

  /** @param {import('./ground.js').Ground} ground @param {Snippet[]} snippets that the page came with */
  constructor(ground, snippets) {
    const { api = '', token = '', shareUrl: url = '', printUrl: print_url = '', articleUrl = '', marks } = document.body.dataset;
    const mine = ownLink(token);
    const entry = entered(snippets, ground.revision);
    this.#sent = Boolean(token && !mine && !entry?.kept);
    /** @param {Snippet[]} list */
    const as = (list) => (this.#sent ? list : kept(list));
    const share = token && marks !== 'off' ? { token, url, print_url, expires_at: mine?.expires_at, address: location.href } : null;
    this.api = api;
    /** The address without marks. */
    this.home = token ? articleUrl : location.href;
    this.ground = ground;
    /** @type {State} */
    this.state = wanting(
      {
        revision: ground.revision,
        snippets: this.#sent ? snippets.map((snippet) => ({ ...snippet, sent: true })) : snippets,
        expires: mine?.expires_in ?? null,
        done: entry?.done.map(as) ?? [],
        undone: entry?.undone.map(as) ?? [],
        links: new Map(),
      },
      ground,
      share,
    );
    this.opened = signature(snippets);
    this.#saver = new Saver(api, (event) => this.apply(event(this.state)));
    this.#address = new Address(this.state, this.home);
  }

  /** Every event ends here, with a new state: what is to follow it does, in this order. Nothing is changed on a page whose
   * words are others: offsets would meet another text. @param {State} state @returns {boolean} whether it was done */
  apply(state) {
    if (state.snippets !== this.state.snippets) {
      if (!this.stands()) return false;
      this.ground.draw(state.snippets);
      this.hide();
    }
    this.state = state;
    this.#saver.follow(state, this.#about);
    this.#address.follow(state);
    this.#drafts.follow(state, this.#about);
    // As soon as another page is asked for, and then only: some browsers keep no page for Back that listens to this.
    onbeforeunload = this.#wants ? () => this.leave() : null;
    showPanel(state, this.ground, this.unchanged, !this.#sent);
    return true;
  }

  /** Whether these are the snippets that the page came with. */
  get unchanged() {
    return signature(this.state.snippets) === this.opened;
  }

  /** How many snippets there are, with those that have no place in the text. */
  get count() {
    return (this.unchanged && document.querySelectorAll('#bar li').length) || this.state.snippets.length;
  }

  /** Answers whether it did: not where Back or Forward was faster than this page, and its address is another's already. */
  begin() {
    const { token } = document.body.dataset;
    const { state } = history;
    if (state && !state.again && !location.pathname.endsWith(token ? `/s/${token}` : `/articles/${this.ground.article}`)) {
      // Once: should the page that comes not be of this address either, it is the one to work on.
      history.replaceState({ ...state, again: true }, '');
      location.reload();
      return false;
    }
    this.apply(this.state);
    if (names(DRAFT).length) loaded('leftovers.js', () => import('./leftovers.js')).then(({ takeUp }) => takeUp(this, this.#drafts.name), () => {});
    return true;
  }

  /** Whether offsets hold on the page as it is now; where they do not, that is told. */
  stands() {
    const stands = this.ground.survey();
    if (!stands) {
      this.hide();
      tell(gettext('The browser changed the words of this page, by translating it for example: marks would not fit.'));
    }
    return stands;
  }

  /** Want something else from now on. @param {Partial<Wanted>} changes @param {Share | null} [share] its link, where it is known */
  want(changes, share) {
    return this.apply(wanting({ ...this.state, ...changes }, this.ground, share));
  }

  /** The reader marks these now. @param {Snippet[]} snippets */
  #change(snippets) {
    if (signature(snippets) === signature(this.state.snippets)) return true;
    return this.want({ snippets, done: [...this.state.done, this.state.snippets], undone: [] });
  }

  /** @param {Span[]} spans @param {string} color @param {Snippet[]} [others] that stay */
  mark(spans, color, others = this.state.snippets) {
    return this.stands() && this.#change(withSpans(others, spans, color, this.ground));
  }

  /** @param {Snippet} snippet @param {string} color */
  recolor(snippet, color) {
    return this.mark([snippet], color, this.#without([snippet]));
  }

  /** @param {Snippet} snippet @param {Span} span what it is from now on */
  stretch(snippet, span) {
    return this.mark([span], snippet.color, this.#without([snippet]));
  }

  /** @param {Snippet[]} some */
  remove(some) {
    return this.#change(numbered(this.#without(some)));
  }

  /** @param {Snippet[]} some */
  #without(some) {
    return this.state.snippets.filter((snippet) => !some.includes(snippet));
  }

  /** What was sent becomes the reader's own: the next change of it makes a link. */
  keep() {
    const { snippets, done, undone } = this.state;
    this.#sent = false;
    this.#address.keep();
    this.apply({ ...this.state, snippets: kept(snippets), done: done.map(kept), undone: undone.map(kept) });
  }

  /** A link is gone. @param {string} token */
  revoke(token) {
    this.apply(revoked(this.state, token));
  }

  undo() {
    const { done, undone, snippets } = this.state;
    if (done.length) this.want({ snippets: done[done.length - 1], done: done.slice(0, -1), undone: [...undone, snippets] });
  }

  redo() {
    const { done, undone, snippets } = this.state;
    if (undone.length) this.want({ snippets: undone[undone.length - 1], done: [...done, snippets], undone: undone.slice(0, -1) });
  }

  /** The history went to an entry: show its marks, unless a jump within the page made it. @param {PopStateEvent} event */
  move({ state: entry }) {
    const shown = this.#address.arrive(entry);
    if (!shown) return this.#address.stay(this.state);
    const { ground } = this;
    // From before an edit and a reload, or of another revision: its marks are drawn where the service knows that they are.
    // So it is where the page's words are others.
    if (shown.revision !== ground.revision || !ground.survey()) return location.reload();
    this.want({ snippets: this.#sent ? shown.snippets : kept(shown.snippets), done: [], undone: [] }, shown.share);
  }

  get #about() {
    const { snippets, expires } = this.state;
    return {
      title: this.ground.title,
      words: snippets.length ? shorten(this.ground.quote(snippets[0])) : '',
      count: snippets.length,
      expires_in: expires,
      article: this.ground.article,
      visit: this.#address.visit,
      colors: [...new Set(snippets.map(({ color }) => color))],
    };
  }

  /** Try now to store what is not stored yet. */
  flush() {
    return this.#saver.flush();
  }

  /** Something is marked that has no link, and is to have one. */
  get #wants() {
    const { order, share, status } = this.state;
    return Boolean(order && !share && status !== 'revoked');
  }

  /** The network is back. */
  reconnect() {
    if (this.#wants) this.flush();
  }

  /** The link of what is marked now, if it can be had soon. @returns {Promise<Share | null>} */
  async link() {
    await Promise.race([this.flush(), new Promise((over) => setTimeout(over, PATIENCE))]);
    return this.state.share;
  }

  leave() {
    this.#drafts.leave(this.state, this.#about);
    if (this.#wants) this.#saver.flush(true);
  }
}
