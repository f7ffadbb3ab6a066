/** The address bar and the browser's history. */

import { kept, signature } from './snippets.js';

/** @typedef {import('./state.js').Share} Share */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {Pick<State, 'snippets' | 'revision' | 'share' | 'done' | 'undone'>} Shown */
/**
 * @typedef {object} Entry of the browser's history
 * @property {string} snippets
 * @property {number} revision
 * @property {import('./state.js').Share | null} share
 * @property {string[]} done the newest steps to go back by
 * @property {string[]} undone
 * @property {boolean} own made by this visit, so its next link replaces it
 * @property {string} visit
 * @property {boolean} [panel] made by opening the panel: Back closes it
 */

/** So many characters of steps an entry holds. */
const ROOM = 200_000;
/** @type {WeakMap<Snippet[], string>} lists as they are written, without their words */
const written = new WeakMap();

/** The newest of some steps, the newest last, written as long as there is room. @param {Snippet[][]} steps */
function trail(steps) {
  /** @type {string[]} */
  const found = [];
  let room = ROOM;
  for (const step of [...steps].reverse()) {
    const spelled = written.get(step) ?? JSON.stringify(step, ['number', 'start', 'end', 'color', 'status', 'sent']);
    written.set(step, spelled);
    if ((room -= spelled.length) < 0) break;
    found.unshift(spelled);
  }
  return found;
}

/** What the browser's history says of this page, if it is of these snippets: a reload ends no visit. @param {Snippet[]} snippets @param {number} revision */
export function entered(snippets, revision) {
  /** @type {Entry | null} */
  const entry = history.state;
  if (!entry?.snippets || entry.revision !== revision) return null;
  /** @type {Snippet[]} */
  const shown = JSON.parse(entry.snippets);
  if (signature(shown) !== signature(snippets)) return null;
  const [done, undone] = [entry.done, entry.undone].map((steps = []) => steps.map((step) => JSON.parse(step)));
  return { done, undone, kept: shown.length > 0 && !shown.some(({ sent }) => sent) };
}

/** An address as this page spells it: of this host, and in the interface's language if one was asked for. @param {string} url */
export function inPage(url) {
  const address = new URL(url, location.href);
  const { lang } = document.documentElement.dataset;
  if (lang) address.searchParams.set('lang', lang);
  return address.pathname + address.search;
}

/**
 * The address bar. The first link of a visit is pushed, later ones replace it. Each entry of the history carries the
 * marks that belong to it and their link, so that Back and Forward draw them. A jump within the page makes entries too,
 * and is no state of the marks: between entries that are both before the first link, or both behind it, they stay as they are.
 */
export class Address {
  #own = Boolean(history.state?.own);
  /** Names the visit, over a reload as well: all links that it makes belong together. @type {string} */
  visit = history.state?.visit ?? crypto.getRandomValues(new Uint32Array(3)).join('-');
  #base;
  /** What a phone's own Share menu gives away in place of the address. Pages of shares come without. */
  #canonical = document.querySelector('link[rel=canonical]');
  /** What was written last, as in `inPage`. */ #written = inPage(location.href);

  /** @param {Shown} shown what the page came with @param {string} home the address without marks */
  constructor(shown, home) {
    this.#base = shown;
    this.home = home;
  }

  /** Where what is shown belongs, as in `inPage`. @param {State} state */
  #of({ share, order, done, undone }) {
    return inPage(share ? share.address ?? share.url : done.length + undone.length && !order ? this.home : location.href);
  }

  /** The history went to this entry. Answers with what it shows; null: with what is shown. @param {Entry | null} entry @returns {Shown | null} */
  arrive(entry) {
    // One from before the tool was there says nothing; it is no jump from a link if it has another address.
    if (!entry?.snippets && this.#own && inPage(location.href) !== this.#written) {
      this.#own = false;
      return this.#base;
    }
    if (!entry?.snippets || entry.own === this.#own) return null;
    const shown = { ...entry, snippets: JSON.parse(entry.snippets), done: [], undone: [] };
    this.#own = entry.own;
    if (!entry.own) this.#base = shown;
    return shown;
  }

  /** What the page came with is the reader's own from now on. */
  keep() {
    this.#base = { ...this.#base, snippets: kept(this.#base.snippets) };
  }

  /** The present entry has the address of this, but for its fragment, and shows it; before the first link, what the page came with.
   * @param {State} state @param {string} [address] */
  stay(state, address = this.#of(state)) {
    this.#write('replaceState', this.#own ? state : this.#base, address + location.hash);
  }

  /** What is shown has its address. @param {State} state */
  follow(state) {
    const address = this.#of(state);
    const here = inPage(location.href);
    if (address === here || !this.#own) this.stay(state, here);
    if (address !== here) {
      if (this.#own) this.#write('replaceState', state, address);
      else {
        this.#own = true;
        const panel = history.state?.panel;
        this.#write(panel ? 'replaceState' : 'pushState', state, address, false);
        // An open panel stands before the link as it stood before the article.
        if (panel) this.#write('pushState', state, address, panel);
      }
    }
  }

  /** Browsers limit how often and how much; an address that lags is better than an exception.
   * @param {'pushState' | 'replaceState'} how @param {Shown} shown @param {string} address @param {boolean} [panel] */
  #write(how, { snippets, revision, share, done, undone }, address, panel = history.state?.panel) {
    this.#written = inPage(address);
    /** @type {Entry} */
    const entry = { snippets: JSON.stringify(snippets), revision, share, done: trail(done), undone: trail(undone), own: this.#own, visit: this.visit, panel };
    try {
      // Strings are copied far faster than many objects.
      history[how](entry, '', address);
    } catch {
      /* The next change writes it again. */
    }
    if (inPage(location.href) !== inPage(this.home)) this.#canonical?.remove();
    else if (this.#canonical) document.head.append(this.#canonical);
  }
}
