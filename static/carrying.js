/** The reader's own links as a file, for another browser. Whatever a file says is checked, field by field. */

import { keep, ownLink, LINK } from './drafts.js';
import { gettext } from './i18n.js';
import { COLORS } from './snippets.js';

/** @typedef {import('./drafts.js').Link} Link */
/** @typedef {{came: number, known: number, full: number, wrong: string[]}} Outcome of an import: links that came in, that were here already, that there was no room for, and what is wrong with the others */

/** Of a file: bytes, and links. */
const LARGEST = 5_000_000;
const MOST = 10_000;
const FORMAT = 'snippetsvc-links';
const VERSION = 1;

/** @param {RegExp} form */
const text = (form) => (/** @type {unknown} */ value) => typeof value === 'string' && form.test(value);
const words = text(/^[^]{0,1000}$/);
const time = (/** @type {unknown} */ value) =>
  text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/)(value) && !Number.isNaN(Date.parse(String(value)));
/** @param {number} least @param {number} most */
const whole = (least, most) => (/** @type {unknown} */ value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
const colors = (/** @type {unknown} */ value) =>
  Array.isArray(value) && value.length <= COLORS.length && value.every((color) => COLORS.includes(color));

/** What a file may say of a link, and nothing else of it is taken: no address, which follows from the token. */
const FIELDS = {
  token: text(/^[1-9a-z][0-9a-z]{0,11}-[\w-]{22}\.[\w-]{43}$/),
  manage_key: text(/^[\w-]{43}$/),
  count: whole(1, 1000),
  created_at: time,
  expires_at: time,
  expires_in: whole(60, 315_360_000),
  at: whole(0, 8.64e15),
  article: text(/^(?=.{1,100}$)[a-z0-9]+(-[a-z0-9]+)*$/),
  title: words,
  words,
  colors,
  visit: text(/^[\w-]{1,64}$/),
};
const NEEDED = ['token', 'manage_key', 'count'];

/** @param {Link[]} links @returns {string} what the file holds */
export function toFile(links) {
  const rows = links.map((link) =>
    Object.fromEntries(Object.entries(link).filter(([name, value]) => name in FIELDS && value !== null)),
  );
  const warning = gettext('Whoever has this file can revoke these links and change how long they work: keep it to yourself.');
  return JSON.stringify({ warning, format: FORMAT, version: VERSION, links: rows });
}

/** Keep the links of a file; one whose key is here already stays as it is. @param {Blob} file @returns {Promise<Outcome>} @throws {Error} that says why none of it can be taken */
export async function fromFile(file) {
  if (file.size > LARGEST) throw new Error(gettext('The file is larger than 5 MB.'));
  const read = await file.text().then(JSON.parse).catch(() => null);
  if (read?.format !== FORMAT || !Array.isArray(read.links)) throw new Error(gettext('This is no file of links that was exported here.'));
  if (read.version !== VERSION) throw new Error(gettext('The file was exported by another version, which this one cannot read.'));
  if (read.links.length > MOST) throw new Error(gettext('The file holds more than 10,000 links.'));
  /** @type {Outcome} */
  const outcome = { came: 0, known: 0, full: 0, wrong: [] };
  read.links.forEach((/** @type {any} */ row, /** @type {number} */ index) => {
    const field = wrongIn(row);
    if (field) outcome.wrong.push(gettext('Row {number}: {field} is missing, or not as it should be.', { number: index + 1, field }));
    else if (ownLink(row.token)) outcome.known++;
    else if (keep(LINK + row.token, linkOf(row)) === null) outcome.full++;
    else outcome.came++;
  });
  return outcome;
}

/** The first field that is not as it should be. @param {any} row */
function wrongIn(row) {
  if (typeof row !== 'object' || row === null) return gettext('the link');
  return Object.entries(FIELDS).find(([name, fits]) => (NEEDED.includes(name) || (row[name] ?? null) !== null) && !fits(row[name]))?.[0];
}

/** @param {any} row that was checked */
function linkOf(row) {
  return Object.fromEntries(Object.keys(FIELDS).filter((name) => name in row).map((name) => [name, row[name]]));
}
