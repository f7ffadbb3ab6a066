/** The links that were made in this browser. Those of one visit were made on the way to the last one: they belong together. */

import { names, recall, LINK } from './drafts.js';

/** @typedef {import('./drafts.js').Link} Link */
/** @typedef {[Link, ...Link[]]} Row links of one visit, the newest first: it stands for all of them */

/** All of them, in no order. Those that came in a file have no address: it is made of the token. @returns {Link[]} */
export function ownLinks() {
  const shares = new URL(`${document.body.dataset.api}/../../s/`, location.origin).href;
  const links = names(LINK).map(recall).filter((link) => typeof link?.token === 'string' && link.count > 0);
  return links.map((link) => ({ url: shares + link.token, ...link }));
}

/** @param {Link} link */
const made = ({ created_at }) => String(created_at ?? '');

/** One row a visit, the newest first. A link that knows of no visit is a row of its own. @param {Link[]} links @returns {Row[]} */
export function rowsOf(links) {
  /** @type {Map<string, Row>} */
  const rows = new Map();
  const sorted = [...links].sort((a, b) => (made(a) < made(b) ? 1 : made(a) > made(b) ? -1 : (b.at ?? 0) - (a.at ?? 0)));
  for (const link of sorted) {
    const name = link.visit ? `${link.article} ${link.visit}` : link.token;
    const row = rows.get(name);
    if (row) row.push(link);
    else rows.set(name, [link]);
  }
  return [...rows.values()];
}

/** The rows by their articles; both with the newest first. @param {Row[]} rows @returns {Row[][]} */
export function byArticle(rows) {
  /** @type {Map<string, Row[]>} */
  const articles = new Map();
  for (const row of rows) {
    const [{ article, title }] = row;
    const name = article ?? `“${title}”`;
    const known = articles.get(name);
    if (known) known.push(row);
    else articles.set(name, [row]);
  }
  return [...articles.values()];
}

/** As it is compared with others. @param {unknown} text */
const plain = (text) => String(text ?? '').normalize('NFKC').toLowerCase();

/** Those whose first words or whose title hold what is looked for. @param {Row[]} rows @param {string} wanted */
export function matching(rows, wanted) {
  const terms = plain(wanted).split(/\s+/).filter(Boolean);
  return rows.filter(([{ title, words }]) => {
    const text = plain(`${title} ${words}`);
    return terms.every((term) => text.includes(term));
  });
}
