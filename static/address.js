/** The address bar and the browser's history. */

/** @typedef {import('./state.js').Share} Share */
/** @typedef {import('./state.js').State} State */
/** @typedef {Pick<State, 'snippets' | 'revision' | 'share'>} Shown */
/** @typedef {Omit<Shown, 'snippets'> & {snippets: string, own: boolean}} Entry own: made by this visit, so its next link replaces it */

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
    const shown = { ...entry, snippets: JSON.parse(entry.snippets) };
    this.#own = entry.own;
    if (!entry.own) this.#base = shown;
    return shown;
  }

  /** The present entry has the address of this, but for its fragment, and shows it; before the first link, what the page came with.
   * @param {State} state @param {string} [address] */
  stay(state, address = this.#of(state)) {
    this.#write('replaceState', this.#own ? state : this.#base, address + location.hash);
  }

  /** What is shown has its address. Answers whether this is a link of this visit. @param {State} state */
  follow(state) {
    const address = this.#of(state);
    const here = inPage(location.href);
    if (address === here || !this.#own) this.stay(state, here);
    if (address !== here) {
      const how = this.#own ? 'replaceState' : 'pushState';
      this.#own = true;
      this.#write(how, state, address);
    }
    return this.#own;
  }

  /** Browsers limit how often and how much; an address that lags is better than an exception.
   * @param {'pushState' | 'replaceState'} how @param {Shown} shown @param {string} address */
  #write(how, { snippets, revision, share }, address) {
    this.#written = inPage(address);
    try {
      // One string is copied far faster than many objects.
      history[how]({ snippets: JSON.stringify(snippets), revision, share, own: this.#own }, '', address);
    } catch {
      /* The next change writes it again. */
    }
    if (inPage(location.href) !== inPage(this.home)) this.#canonical?.remove();
    else if (this.#canonical) document.head.append(this.#canonical);
  }
}
