/** The entry point of “My links”: what this browser keeps of the reader, and what can be done with all of it. */

import { keep, keeps, names, LINK } from './drafts.js';
import { hooks, make } from './elements.js';
import { gettext, learn, ngettext } from './i18n.js';
import { tell } from './notices.js';
import { byArticle, matching, ownLinks, rowsOf } from './own.js';
import { count } from './returning.js';
import { rowOf } from './rows.js';
import { fromFile, toFile } from './carrying.js';
import { twice } from './twice.js';

/** @typedef {import('./own.js').Row} Row */

/** Rows that are made in one go. */
const PIECE = 100;
/** Between the last letter that is looked for and the search, in ms. */
const REST = 120;

const about = document.body.dataset;
/** @type {Row[]} */
let rows = [];
/** @type {ReturnType<typeof setTimeout> | undefined} */
let coming;

/** @param {string} id @returns {import('./elements.js').Hook} */
const control = (id) => /** @type {any} */ (document.getElementById(id));

/** What is kept is another thing now. */
function read() {
  rows = rowsOf(ownLinks());
  draw();
}

/** Show how much there is, of what is shown. @param {number} found */
function sum(found) {
  count(rows.length);
  for (const hook of hooks('no-links')) hook.hidden = rows.length > 0;
  for (const hook of hooks('any-links')) hook.hidden = !rows.length;
  for (const hook of hooks('found')) hook.textContent = ngettext('{n} link', '{n} links', found);
  for (const hook of hooks('not-found')) hook.hidden = found > 0 || !rows.length;
}

/** Show the rows that are looked for, as many as are read in one go; the others when they are wanted. */
function draw() {
  const found = matching(rows, control('search').value);
  const queue = byArticle(found).flatMap((group) => group.map((row, index) => ({ row, first: !index })));
  const [place] = hooks('links');
  const more = control('more');
  /** @type {HTMLElement | undefined} */
  let list;
  /** Answers with the first that was made. */
  const extend = () => {
    const elements = queue.splice(0, PIECE).map(({ row, first }) => {
      if (first) {
        list = make('ul', { className: 'own-links' });
        place.append(make('section', {}, make('h2', { dir: 'auto' }, row[0].title || gettext('Untitled')), list));
      }
      const element = rowOf(row, about.api ?? '', drop);
      list?.append(element);
      return element;
    });
    more.hidden = !queue.length;
    return elements[0];
  };
  place.replaceChildren();
  sum(found.length);
  extend();
  more.onclick = () => extend().querySelector('a')?.focus();
}

/** These links of a row are kept no longer. @param {Row} row @param {string[]} gone @param {HTMLElement} element */
function drop(row, gone, element) {
  row.splice(0, row.length, ...row.filter(({ token }) => !gone.includes(token)));
  if (row.length) return;
  const all = [...document.querySelectorAll('.own-link')];
  const next = all[all.indexOf(element) + 1] ?? all[all.indexOf(element) - 1];
  const section = element.closest('section');
  element.remove();
  if (!section?.querySelector('li')) section?.remove();
  rows = rows.filter((other) => other !== row);
  sum(matching(rows, control('search').value).length);
  (/** @type {HTMLElement | null | undefined} */ (next?.querySelector('a')) ?? control('from-file')).focus();
}

function save() {
  const file = new Blob([toFile(rows.flat())], { type: 'application/json' });
  const link = make('a', { href: URL.createObjectURL(file), download: 'my-links.json' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/** @param {File} file */
async function take(file) {
  const [told] = hooks('outcome');
  try {
    const { came, known, full, wrong } = await fromFile(file);
    const sentences = [
      ngettext('{n} link came in.', '{n} links came in.', came),
      known && ngettext('{n} was here already.', '{n} were here already.', known),
      full && ngettext('This browser has no room for {n} of them.', 'This browser has no room for {n} of them.', full),
      wrong.length && ngettext('{n} was left out:', '{n} were left out:', wrong.length),
    ];
    told.replaceChildren(
      make('p', {}, sentences.filter(Boolean).join(' ')),
      make('ul', {}, ...wrong.map((sentence) => make('li', {}, sentence))),
    );
    read();
  } catch (error) {
    told.replaceChildren(make('p', {}, /** @type {Error} */ (error).message));
  }
  told.hidden = false;
}

async function start() {
  learn(await fetch(about.words ?? '').then((answer) => answer.json()).catch(() => ({})));
  if (!keeps()) {
    for (const hook of hooks('forbidden')) hook.hidden = false;
    if (!ownLinks().length) return;
  }
  for (const hook of hooks('kept')) hook.hidden = false;
  const file = /** @type {HTMLInputElement} */ (document.getElementById('file'));
  control('search').oninput = () => {
    clearTimeout(coming);
    coming = setTimeout(draw, REST);
  };
  control('to-file').onclick = save;
  control('from-file').onclick = () => file.click();
  file.onchange = async () => {
    if (file.files?.length) await take(file.files[0]);
    // The same file may be chosen again.
    file.value = '';
  };
  const warning = gettext('The links go on, and can no longer be revoked from here. Marks that have no link yet are lost.');
  twice(control('forget'), hooks('forget-note')[0], gettext('Forget everything for good?'), warning, () => {
    for (const name of names('snippets:')) keep(name);
    for (const hook of [...hooks('drafts'), ...hooks('outcome')]) hook.hidden = true;
    read();
    tell(gettext('This browser keeps nothing of yours here any more.'));
  });
  // Another page has kept or forgotten something; one that was left and is back has heard of nothing.
  addEventListener('storage', ({ key }) => {
    if (key && !key.startsWith(LINK)) return;
    clearTimeout(coming);
    coming = setTimeout(read, REST);
  });
  addEventListener('pageshow', ({ persisted }) => persisted && read());
  read();
}

start();
