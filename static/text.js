/**
 * The browser's half of the text model: offsets <-> places in the page, and marks drawn there.
 *
 * Offsets are UTF-16 units of `root.textContent` inside the scripts; the service counts code points, and `Points`
 * converts at that edge. Nothing here keeps nodes: every call reads the tree anew, so marks may split text at will.
 * The rules of drawing are those of marks.py, and both run tests/vectors.
 */

/** @typedef {{start: number, end: number}} Span */
/** @typedef {Span & {color: string, number: number, status?: string}} Snippet */
/** @typedef {Span & {of: Snippet[]}} Segment */
/** @typedef {Span & {tops: ChildNode[]}} Run what is one text node while nothing is marked */

/** White space directly in these cannot be wrapped: a `mark` there would break the structure. */
const BARE = /^(TABLE|THEAD|TBODY|TFOOT|TR|COLGROUP|UL|OL|DL|MENU|HGROUP|RUBY)$/;

/** Converts offsets of one text between UTF-16 units and code points. */
export class Points {
  /** @param {string} text */
  constructor(text) {
    this.pairs = Array.from(text.matchAll(/[\ud800-\udbff]/g), (match) => match.index ?? 0);
  }
  /** @param {number} unit */
  fromUnits(unit) {
    return unit - this.#count((pair) => pair < unit);
  }
  /** @param {number} point */
  toUnits(point) {
    return point + this.#count((pair, index) => pair - index < point);
  }
  /** @param {(pair: number, index: number) => boolean} before */
  #count(before) {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(this.pairs[middle], middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The offset of a DOM position in or under `root`. @param {Node} root @param {Node} node @param {number} at */
export function offsetOf(root, node, at) {
  const range = document.createRange();
  range.setStart(root, 0);
  range.setEnd(node, at);
  return range.toString().length;
}

/** The DOM range of a span. @param {Node} root @param {Span} span */
export function rangeOf(root, { start, end }) {
  const range = document.createRange();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  for (let node = /** @type {Text | null} */ (walker.nextNode()); node; node = /** @type {Text | null} */ (walker.nextNode())) {
    const after = at + node.length;
    if (!begun && start < after) {
      range.setStart(node, start - at);
      begun = true;
    }
    if (begun && end <= after) {
      range.setEnd(node, end - at);
      break;
    }
    at = after;
  }
  return range;
}

/** @param {Node | null} node @returns {node is HTMLElement} */
const isMark = (node) => node?.nodeName === 'MARK' && /** @type {Element} */ (node).className === 'snippet';

/** An empty span that carries the id of a further snippet beginning at the same mark. @param {Node | null} node */
const isHook = (node) => node?.nodeName === 'SPAN' && /** @type {Element} */ (node).id.startsWith('snippet-');

/** @param {Node} root */
function runs(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  /** @type {Run[]} */
  const found = [];
  let at = 0;
  let last = /** @type {ChildNode | null} */ (null);
  for (let node = /** @type {Text | null} */ (walker.nextNode()); node; node = /** @type {Text | null} */ (walker.nextNode())) {
    const top = isMark(node.parentNode) ? node.parentNode : node;
    if (top !== last) {
      let next = /** @type {ChildNode | null} */ (last && last.nextSibling);
      while (isHook(next)) next = /** @type {ChildNode} */ (next).nextSibling;
      if (next === top) found[found.length - 1].tops.push(top);
      else found.push({ start: at, end: at, tops: [top] });
      last = top;
    }
    at += node.length;
    found[found.length - 1].end = at;
  }
  return found;
}

/** The marks of a run with their places. @param {Run} run */
function* marksOf(run) {
  let start = run.start;
  for (const top of run.tops) {
    const end = start + (top.textContent ?? '').length;
    if (isMark(top)) yield { mark: top, start, end };
    start = end;
  }
}

/** The snippets drawn in the page, by number. @param {Element} root @returns {Snippet[]} */
export function read(root) {
  /** @type {Map<string, Snippet>} */
  const found = new Map();
  if (root.querySelector('mark.snippet')) {
    for (const run of runs(root)) {
      for (const { mark, start, end } of marksOf(run)) {
        const { snippets = '', color = '', status = '' } = mark.dataset;
        const colors = color.split(' ');
        const statuses = status.split(' ');
        snippets.split(' ').forEach((number, index) => {
          const known = found.get(number);
          if (known) known.end = end;
          else found.set(number, { number: Number(number), start, end, color: colors[index], status: statuses[index] });
        });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.number - b.number);
}

/** Cut overlapping snippets into segments that each belong to a fixed set of them. @param {Snippet[]} snippets */
export function segments(snippets) {
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
 * @param {Element} root @param {Snippet[]} snippets
 */
export function draw(root, snippets) {
  const wanted = segments(snippets);
  /** @type {{mark: HTMLElement, of: Snippet[]}[]} */
  const drawn = [];
  let first = 0;
  for (const run of runs(root)) {
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
  const words = drawn.filter(({ mark }) => /\S/.test(mark.textContent ?? ''));
  const begins = firsts(drawn);
  const starts = firsts(words);
  const ends = firsts(words.reverse());
  for (const { mark, of } of drawn) {
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
  run.tops.forEach(unhook);
  run.tops[0].before(...parts);
  for (const top of run.tops) top.remove();
  return marks;
}

/** @param {Node} node */
function unhook(node) {
  while (isHook(node.previousSibling)) /** @type {ChildNode} */ (node.previousSibling).remove();
}

/** Give a mark the ids of snippets: one is its own, further ones stand on hooks before it.
 * @param {HTMLElement} mark @param {Snippet[]} [of] */
function name(mark, of = []) {
  const id = ({ number = 0 }) => `snippet-${number}`;
  set(mark, 'id', of.slice(0, 1), id);
  unhook(mark);
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
