/** Drafts that other pages left behind. Loaded when there are any. */

import { keep } from './drafts.js';
import { gettext } from './i18n.js';
import { tell } from './notices.js';
import { issue, Refusal } from './saving.js';
import { numbered } from './snippets.js';
import { wanting } from './state.js';
import { unfinished } from './unfinished.js';

/** @typedef {import('./visit.js').Visit} Visit */

/** Drafts of other pages are sent only after those pages had time to come back for them, in ms. */
const GRACE = 5000;

/** Take up marks that this page was left with before they had a link; those of other pages get one in passing. @param {Visit} visit @param {string} mine */
export async function takeUp(visit, mine) {
  const { article, revision } = visit.ground;
  const here = (await unfinished(mine)).find(
    ([, { order, path }]) => order.article === article && order.revision === revision && path === location.pathname,
  );
  if (here && visit.unchanged && visit.stands()) {
    const [name, { order, key }] = here;
    // Whatever stands there, it is asked for once.
    keep(name);
    const { state, ground } = visit;
    const changes = { snippets: snippetsOf(order, ground, state.snippets), done: [...state.done, state.snippets], expires: order.expires_in };
    visit.apply({ ...wanting({ ...state, ...changes }, ground), order, key });
    visit.flush();
    tell(gettext('The marks that you made here before are back.'));
  }
  setTimeout(() => send(visit, mine), GRACE);
}

/** @param {Visit} visit @param {string} mine */
async function send(visit, mine) {
  for (const [name, { order, key, about }] of await unfinished(mine)) {
    try {
      await issue(visit.api, order, key, about);
      tell(gettext('Marks that you made earlier have a link now: see “My links”.'));
    } catch (error) {
      if (!(error instanceof Refusal) || error.passing) continue;
      // Their words were retracted, for example.
      tell(gettext('Marks that you made earlier could not be saved: {reason}', { reason: error.message }));
    }
    keep(name);
  }
}

/** The snippets of an order; those that were sent are so still. @param {import('./snippets.js').Order} order @param {import('./ground.js').Ground} ground
 * @param {import('./text.js').Snippet[]} present */
function snippetsOf({ snippets }, { points }, present) {
  /** @param {{start: number, end: number, color: string}} snippet */
  const spelled = ({ start, end, color }) => [start, end, color].join();
  const sent = new Set(present.filter((snippet) => snippet.sent).map(spelled));
  return numbered(
    snippets.map(({ color, selectors: [{ start: from = 0, end: to = 0 }, { exact } = {}] }) => {
      const [start, end] = [points.toUnits(from), points.toUnits(to)];
      return { color, exact, start, end, sent: sent.has(spelled({ color, start, end })) };
    }),
  );
}
