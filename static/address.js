/** The address bar and the browser's history. */

/** @typedef {import('./visit.js').Shown} Shown */
/** @typedef {import('./visit.js').Entry} Entry */

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
  own = Boolean(history.state?.own);
  #base;
  /** What was written last, as in `inPage`. */ #written = inPage(location.href);

  /** @param {Shown} shown what the page came with */
  constructor(shown) {
    this.#base = shown;
  }

  /** The history went to this entry. Answers with what it shows; null: with what is shown. @param {Entry | null} entry @returns {Shown | null} */
  arrive(entry) {
    // One from before the tool was there says nothing; it is no jump from a link if it has another address.
    if (!entry?.snippets && this.own && inPage(location.href) !== this.#written) {
      this.own = false;
      return this.#base;
    }
    if (!entry?.snippets || entry.own === this.own) return null;
    const shown = { ...entry, snippets: JSON.parse(entry.snippets) };
    this.own = entry.own;
    if (!entry.own) this.#base = shown;
    return shown;
  }

  /** The present entry has this address, but for its fragment, and shows this; before the first link, what the page came with.
   * @param {string} url @param {Shown} shown */
  put(url, shown) {
    this.#written = inPage(url);
    write('replaceState', this.own ? shown : this.#base, this.own, this.#written + location.hash);
  }

  /** What is shown has this address. @param {string} url @param {Shown} shown */
  go(url, shown) {
    if (inPage(url) === inPage(location.href)) return this.put(url, shown);
    if (!this.own) this.put(location.href, shown);
    this.#written = inPage(url);
    write(this.own ? 'replaceState' : 'pushState', shown, true, this.#written);
    this.own = true;
  }
}

/** Browsers limit how often and how much; an address that lags is better than an exception.
 * @param {'pushState' | 'replaceState'} how @param {Shown} shown @param {boolean} own @param {string} address */
function write(how, shown, own, address) {
  try {
    // One string is copied far faster than many objects.
    history[how]({ ...shown, own, snippets: JSON.stringify(shown.snippets) }, '', address);
  } catch {
    /* The next change writes it again. */
  }
}
