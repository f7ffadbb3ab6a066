/**
 * The browser's half of the text model: offsets <-> places in the page, and marks drawn there.
 *
 * Offsets are UTF-16 units of the published text inside the scripts; the service counts code points, and `Points`
 * converts at that edge. Text nodes that others have put into the article are strangers: they are passed by. But for
 * those nothing here keeps nodes: every call reads the tree anew, so marks may split text at will. Offsets are never
 * read out of marks. The rules of drawing are those of highlight.py, and both run tests/vectors.
 */

/** @typedef {{start: number, end: number}} Span */
/**
 * @typedef {Span & {color: string, number: number, status?: string, exact?: string, sent?: boolean}} Snippet exact: the page's own
 * words when it was marked; sent: the reader was sent it, and has not kept it
 */
/** @typedef {Span & {of: Snippet[]}} Segment */
/** @typedef {Span & {tops: ChildNode[], formula: Element | null}} Run what is one text node, or one formula, while nothing is marked */
/** @typedef {ReadonlySet<Text>} Strangers */

/** White space directly in these cannot be wrapped: a `mark` there would break the structure. */
const BARE = /^(TABLE|THEAD|TBODY|TFOOT|TR|COLGROUP|UL|OL|DL|MENU|HGROUP|RUBY)$/;

const MATHML = 'http://www.w3.org/1998/Math/MathML';

/** Converts offsets of one text between UTF-16 units and code points. */
export class Points {
  /** @param {string} text */
  constructor(text) {
    this.pairs = Array.from(text.matchAll(/[\ud800-\udbff]/g), ({ index = 0 }) => index);
  }
  /** @param {number} unit */
  fromUnits(unit) {
    return unit - this.pairs.filter((pair) => pair < unit).length;
  }
  /** @param {number} point */
  toUnits(point) {
    return point + this.pairs.filter((pair, before) => pair - before < point).length;
  }
}

/** The article's text nodes in order, with their offsets. @param {Node} root @param {Strangers} [strangers] @returns {Generator<{node: Text, at: number}>} */
export function* texts(root, strangers = new Set()) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node; (node = /** @type {Text | null} */ (walker.nextNode())); ) {
    if (strangers.has(node)) continue;
    yield { node, at };
    at += node.length;
  }
}

/** The offset of a DOM position in or under `root`. @param {Node} root @param {Strangers} strangers @param {Node} node @param {number} at */
export function offsetOf(root, strangers, node, at) {
  const range = document.createRange();
  range.setStart(root, 0);
  range.setEnd(node, at);
  let { length } = range.toString();
  for (const stranger of strangers) if (range.intersectsNode(stranger)) length -= stranger === node ? at : stranger.length;
  return length;
}

/** The DOM range of a span. @param {Node} root @param {Strangers} strangers @param {Span} span */
export function rangeOf(root, strangers, { start, end }) {
  const range = document.createRange();
  for (const { node, at } of texts(root, strangers)) {
    const after = at + node.length;
    if (start >= at && start < after) range.setStart(node, start - at);
    if (end > at && end <= after) {
      range.setEnd(node, end - at);
      break;
    }
  }
  return range;
}

// Names are compared before anything else: these are asked for every text node of a long article.

/** @param {any} node @returns {node is HTMLElement} */
const isMark = (node) => node?.nodeName === 'MARK' && node.classList.contains('snippet');

/** The formula, one unit, that a text node stands in. @param {Text} node @returns {Element | null} */
const formulaOf = ({ parentElement: parent }) => (parent?.namespaceURI === MATHML ? parent.closest('math') : null);

/** Empty spans that carry the id of a further snippet beginning at the same mark. */
const HOOKS = 'span[id^="snippet-"]';

/** @param {Node} root @param {Strangers} strangers */
function runs(root, strangers) {
  /** @type {Run[]} */
  const found = [];
  let last = /** @type {ChildNode | null} */ (null);
  for (const { node, at } of texts(root, strangers)) {
    const end = at + node.length;
    const formula = formulaOf(node);
    const inner = formula ?? node;
    const top = isMark(inner.parentNode) ? inner.parentNode : inner;
    const apart = formula || found[found.length - 1]?.formula;
    if (top !== last && (apart || last?.nextSibling !== top)) found.push({ start: at, end, tops: [top], formula });
    else {
      const run = found[found.length - 1];
      run.end = end;
      if (top !== last) run.tops.push(top);
    }
    last = top;
  }
  return found;
}

/** The formulas that have words, in order. @param {Run[]} runs */
const formulasOf = (runs) => runs.filter(({ formula }) => formula);

/** @param {Node} root @param {Strangers} strangers */
export const formulas = (root, strangers) => formulasOf(runs(root, strangers));

/** The marks of a run with their places. @param {Run} run */
function* marksOf(run) {
  let start = run.start;
  for (const top of run.tops) {
    const end = start + (top.textContent ?? '').length;
    if (isMark(top)) yield { mark: top, start, end };
    start = end;
  }
}

/** Cut overlapping snippets into segments that each belong to a fixed set of them. @param {Snippet[]} snippets */
function segments(snippets) {
  const cuts = [...new Set(snippets.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const waiting = [...snippets].sort((a, b) => b.start - a.start);
  /** @type {Segment[]} */
  const found = [];
  /** @type {Snippet[]} */
  let open = [];
  cuts.forEach((start, index) => {
    open = open.filter((snippet) => snippet.end > start);
    while (waiting.length && waiting[waiting.length - 1].start <= start) open.push(/** @type {Snippet} */ (waiting.pop()));
    if (open.length) found.push({ start, end: cuts[index + 1], of: [...open].sort((a, b) => a.number - b.number) });
  });
  return found;
}

/**
 * Make the page show exactly these snippets. Only runs whose pieces differ are touched; with none left the tree is
 * as it was published.
 * @param {Element} root @param {Snippet[]} snippets @param {Strangers} [strangers]
 */
export function draw(root, snippets, strangers = new Set()) {
  for (const hook of root.querySelectorAll(HOOKS)) hook.remove();
  for (const mark of root.querySelectorAll('mark.snippet')) {
    // One that somebody has put something into is taken out: what it holds stays.
    const [inner, ...others] = mark.childNodes;
    if (others.length || !(inner instanceof Text || inner?.nodeName === 'math')) mark.replaceWith(...mark.childNodes);
  }
  const all = runs(root, strangers);
  const units = formulasOf(all);
  const wanted = segments(snippets.map((snippet) => whole(units, snippet)));
  /** @type {{mark: HTMLElement, of: Snippet[]}[]} */
  const drawn = [];
  let first = 0;
  for (const run of all) {
    while (first < wanted.length && wanted[first].end <= run.start) first++;
    /** @type {Segment[]} */
    const pieces = [];
    if (!isBare(run)) {
      for (let i = first; i < wanted.length && wanted[i].start < run.end; i++) {
        const { start, end, of } = wanted[i];
        pieces.push({ start: Math.max(start, run.start), end: Math.min(end, run.end), of });
      }
    }
    const present = [...marksOf(run)];
    if (!present.length && !pieces.length) continue;
    const same =
      present.length === pieces.length &&
      pieces.every(({ start, end }, i) => start === present[i].start && end === present[i].end);
    const marks = same ? present.map(({ mark }) => mark) : redraw(run, pieces);
    marks.forEach((mark, i) => drawn.push({ mark, of: pieces[i].of }));
  }
  const words = drawn.filter(({ mark }) => /[^\s\x1c-\x1f\x85]/.test(mark.textContent ?? ''));
  const begins = firsts(drawn);
  const starts = firsts(words);
  const ends = firsts(words.reverse());
  // What was sent looks different beside what is the reader's own.
  const mixed = snippets.some(({ sent }) => !sent);
  for (const { mark, of } of drawn) {
    mark.toggleAttribute('data-sent', mixed && of.every(({ sent }) => sent));
    set(mark, 'data-snippets', of);
    set(mark, 'data-color', of, ({ color }) => color);
    set(mark, 'data-status', of, ({ status = 'intact' }) => status);
    name(mark, begins.get(mark));
    set(mark, 'data-starts', starts.get(mark));
    set(mark, 'data-ends', ends.get(mark));
  }
}

/** Which snippets are met first at which mark. @param {{mark: HTMLElement, of: Snippet[]}[]} drawn */
function firsts(drawn) {
  const met = new Set();
  return new Map(drawn.map(({ mark, of }) => [mark, of.filter((snippet) => !met.has(snippet) && met.add(snippet))]));
}

/** @param {Run} run */
function isBare({ tops }) {
  return BARE.test(tops[0].parentNode?.nodeName ?? '') && !tops.some((top) => /[^ \n\t\f\r]/.test(top.textContent ?? ''));
}

/** Put a run together again, then cut it anew. @param {Run} run @param {Segment[]} pieces */
function redraw(run, pieces) {
  if (run.formula) return redrawFormula(run.tops[0], run.formula, pieces.length > 0);
  const text = run.tops.map((top) => top.textContent).join('');
  /** @type {(string | HTMLElement)[]} */
  const parts = [];
  let at = run.start;
  const marks = pieces.map(({ start, end }) => {
    const mark = document.createElement('mark');
    mark.className = 'snippet';
    mark.textContent = text.slice(start - run.start, end - run.start);
    if (start > at) parts.push(text.slice(at - run.start, start - run.start));
    parts.push(mark);
    at = end;
    return mark;
  });
  if (at < run.end) parts.push(text.slice(at - run.start));
  run.tops[0].before(...parts);
  for (const top of run.tops) top.remove();
  return marks;
}

/** @param {ChildNode} top what stands there now @param {Element} formula @param {boolean} marked */
function redrawFormula(top, formula, marked) {
  if (!marked) {
    top.replaceWith(formula);
    return [];
  }
  const mark = document.createElement('mark');
  mark.className = 'snippet';
  formula.replaceWith(mark);
  mark.append(formula);
  return [mark];
}

/** A span with the whole of each formula that it touches. @template {Span} T @param {Span[]} formulas in order @param {T} span @returns {T} */
export function whole(formulas, span) {
  const touched = formulas.filter(({ start, end }) => start < span.end && end > span.start);
  if (!touched.length) return span;
  const [first, last] = [touched[0], touched[touched.length - 1]];
  return { ...span, start: Math.min(span.start, first.start), end: Math.max(span.end, last.end) };
}

/** Give a mark the ids of snippets: one is its own, further ones stand on hooks before it.
 * @param {HTMLElement} mark @param {Snippet[]} [of] */
function name(mark, of = []) {
  const id = ({ number = 0 }) => `snippet-${number}`;
  set(mark, 'id', of.slice(0, 1), id);
  for (const snippet of of.slice(1)) {
    const hook = document.createElement('span');
    hook.id = id(snippet);
    mark.before(hook);
  }
}

/** @param {Element} element @param {string} attribute @param {Snippet[]} [of] none: no attribute
 * @param {(snippet: Snippet) => string | number} say */
function set(element, attribute, of = [], say = ({ number }) => number) {
  const value = of.map(say).join(' ');
  if (!value) element.removeAttribute(attribute);
  else if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
}
