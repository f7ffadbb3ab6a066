/** Calls of the service. Offsets in orders are code points. */

/** @typedef {{start: number, end: number, color: string, quote?: string}} OrderedSnippet */
/** @typedef {{article: string, revision: number, snippets: OrderedSnippet[], expires_in: number | null}} Order */
/**
 * @typedef {object} Share
 * @property {string} token
 * @property {string} url
 * @property {string} print_url
 * @property {string | null} [created_at]
 * @property {string | null} [expires_at]
 * @property {string} [manage_key]
 * @property {string} [address] the one it was opened at, where that says more
 */

/** The service said no, or nothing. `again`: the same call may succeed later, in `wait` seconds if it said so. */
export class Refusal extends Error {
  /** @param {string} detail @param {number} status 0: no answer @param {number} [wait] */
  constructor(detail, status = 0, wait) {
    super(detail);
    this.status = status;
    this.again = !status || status >= 500 || status === 408 || status === 429;
    this.wait = wait;
  }
}

/** What is kept of a share. @param {Share} share @returns {Share} */
export function readShare({ token, url, print_url, created_at, expires_at, manage_key }) {
  return { token, url, print_url, created_at, expires_at, manage_key };
}

/** Ask for a link. The same key with the same order gives the same link, however often. @param {string} api @param {Order} order @param {string} key @param {boolean} [leaving] */
export function issue(api, { snippets, ...order }, key, leaving) {
  return call(`${api}/shares`, {
    method: 'POST',
    keepalive: leaving,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify({
      ...order,
      snippets: snippets.map(({ start, end, color, quote }) => ({
        color,
        selectors: [
          { type: 'TextPositionSelector', start, end },
          ...(quote ? [{ type: 'TextQuoteSelector', exact: quote }] : []),
        ],
      })),
    }),
  });
}

/** @param {string} api @param {Share} share */
export function revoke(api, share) {
  return manage(api, share, { method: 'DELETE' });
}

/** @param {string} api @param {Share} share @param {number | null} seconds from now; null: never */
export function expire(api, share, seconds) {
  return manage(api, share, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ expires_in: seconds }),
  });
}

/** @param {string} api @param {Share} share @param {RequestInit} how */
function manage(api, { token, manage_key }, how) {
  return call(`${api}/shares/${token}`, { ...how, headers: { ...how.headers, Authorization: `Bearer ${manage_key}` } });
}

/** @param {string} url @param {RequestInit} how @returns {Promise<Share>} */
async function call(url, how) {
  let answer;
  let body;
  try {
    answer = await fetch(url, { ...how, credentials: 'omit', signal: how.keepalive ? null : AbortSignal.timeout(20_000) });
    body = answer.status === 204 ? null : await answer.json().catch(() => null);
  } catch (error) {
    throw new Refusal(String(error));
  }
  if (answer.ok) return body;
  const after = answer.headers.get('Retry-After');
  const wait = after ? Number(after) || (Date.parse(after) - Date.now()) / 1000 || undefined : undefined;
  throw new Refusal(body?.errors?.[0]?.detail ?? body?.detail ?? answer.statusText, answer.status, wait);
}
