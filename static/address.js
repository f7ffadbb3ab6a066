/**
 * The address bar. The first link of a visit is pushed, later ones replace it. Each entry of the history carries the
 * marks that belong to it and their link, so that Back and Forward draw them; one without was made by a fragment.
 */

/** @typedef {import('./text.js').Snippet} Snippet */
/** @typedef {import('./saving.js').Share} Share */
/** @typedef {{snippets: Snippet[], share: Share | null}} Shown */
/** @typedef {Shown & {own: boolean}} Entry own: made by this visit, so its next link replaces it */

export class Address {
  own = Boolean(history.state?.own);
  #base;

  /** @param {Shown} shown what the page came with */
  constructor(shown) {
    this.#base = shown;
    this.note(shown);
  }

  /** The history went to this entry. Answers with what it shows, if it says so. @param {Entry | null} entry @returns {Shown | null} */
  arrive(entry) {
    if (!entry?.snippets) return null;
    this.own = entry.own;
    if (!entry.own) this.#base = entry;
    return entry;
  }

  /** What is shown at the present address. @param {Shown} shown */
  note(shown) {
    write('replaceState', { ...shown, own: this.own }, location.href);
  }

  /** What is shown has this address. @param {string} url @param {Shown} shown */
  go(url, shown) {
    if (inPage(url) === inPage(location.href)) return this.note(shown);
    if (!this.own) this.note(this.#base);
    write(this.own ? 'replaceState' : 'pushState', { ...shown, own: true }, inPage(url));
    this.own = true;
  }
}

/** An address as this page spells it: of this host, and in the interface's language if one was asked for. @param {string} url */
function inPage(url) {
  const { pathname, searchParams } = new URL(url, location.href);
  const { lang } = document.documentElement.dataset;
  if (lang) searchParams.set('lang', lang);
  const query = searchParams.toString();
  return pathname + (query && `?${query}`);
}

/** Browsers limit how often and how much; an address that lags is better than an exception.
 * @param {'pushState' | 'replaceState'} how @param {Entry} entry @param {string} address */
function write(how, entry, address) {
  try {
    history[how](entry, '', address);
  } catch {
    /* The next change writes it again. */
  }
}
