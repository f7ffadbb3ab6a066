// Asks the two peers for a quote in a text, in the page. Their code is loaded into `modules` by the benchmark
// (name of the file -> [source, {what it requires: name of a file}]) from packages installed for the run.

/** A loader for CommonJS modules. */
function loader(modules) {
  const loaded = new Map();
  function load(file) {
    if (loaded.has(file)) return loaded.get(file).exports;
    const module = { exports: {} };
    loaded.set(file, module);
    const [source, needs] = modules[file];
    new Function("module", "exports", "require", "global", source)(
      module, module.exports, (name) => load(needs[name]), globalThis,
    );
    return module.exports;
  }
  return load;
}

/** An ECMAScript module that imports nothing. */
function imported(source) {
  return import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
}

globalThis.preparePeers = async (modules, entries) => {
  globalThis.peers = {
    quote: loader(modules)(entries["dom-anchor-text-quote"]),
    search: (await imported(modules[entries["approx-string-match"]][0])).default,
  };
};

/** dom-anchor-text-quote: offsets of the range that it answers with, or null. */
globalThis.askTextQuote = (text, quote) => {
  const root = document.createElement("div");
  root.textContent = text;
  document.body.replaceChildren(root);
  try {
    const range = peers.quote.toRange(root, quote);
    if (!range) return null;
    const before = document.createRange();
    before.setStart(root, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length;
    return [start, start + range.toString().length];
  } catch {
    return null;
  }
};

/** How well `wanted` is found in `text`, 0 to 1. */
function likeness(text, wanted) {
  if (!wanted) return 1;
  const errors = peers.search(text, wanted, wanted.length).map((match) => match.errors);
  return 1 - Math.min(wanted.length, ...errors) / wanted.length;
}

/** approx-string-match, its matches ranked by quote (50), what stands before (20) and what stands behind (20). */
globalThis.askApproximate = (text, quote) => {
  let matches = peers.search(text, quote.exact, 0);
  if (!matches.length) matches = peers.search(text, quote.exact, Math.min(256, quote.exact.length / 2));
  let best = null;
  for (const match of matches) {
    const score = 50 * (1 - match.errors / quote.exact.length)
      + 20 * likeness(text.slice(Math.max(0, match.start - quote.prefix.length), match.start), quote.prefix)
      + 20 * likeness(text.slice(match.end, match.end + quote.suffix.length), quote.suffix);
    if (!best || score > best.score) best = { score, place: [match.start, match.end] };
  }
  return best && best.place;
};
