/** Tells the words that others have put into an article (browsers' extensions do) from those that were published. */

/** So many ways are followed at the most, over all pieces. */
const WAYS = 100_000;

/**
 * Which of a page's pieces of text are not the article's. The others, put together, are the text as it was published.
 * @param {string[]} pieces @param {string} text
 * @returns {Set<number> | null} indexes of pieces; null: without those that were put in it is another text, or words
 * could be the article's as well as not
 */
export function strangers(pieces, text) {
  const room = pieces.reduce((sum, { length }) => sum + length, -text.length);
  /** @type {Set<number>[]} at which offsets of the text each piece may begin */
  const begins = [new Set([0])];
  let ways = 0;
  let passed = 0;
  for (const piece of pieces) {
    const ends = new Set();
    for (const at of begins[begins.length - 1]) {
      if (text.startsWith(piece, at)) ends.add(at + piece.length);
      // What was put in is as long as the page is longer, so no more than that is passed by.
      if (passed - at + piece.length <= room) ends.add(at);
    }
    passed += piece.length;
    ways += ends.size;
    if (!ends.size || ways > WAYS) return null;
    begins.push(ends);
  }
  let here = text.length;
  if (!begins[pieces.length].has(here)) return null;
  // Back from the end, over what can be reached from both sides.
  const found = new Set();
  let ends = new Set([here]);
  for (let index = pieces.length; index--; ) {
    const piece = pieces[index];
    /** @type {{at: number, own: boolean}[]} */
    const steps = [];
    for (const end of ends) {
      const at = end - piece.length;
      if (begins[index].has(at) && text.startsWith(piece, at)) steps.push({ at, own: true });
      if (begins[index].has(end)) steps.push({ at: end, own: false });
    }
    const step = steps.find(({ at, own }) => (own ? at + piece.length : at) === here);
    // Whose a word is must be certain; which of several white spaces is whose makes no difference.
    if (!step || (steps.length > 1 && steps.some(({ own }) => own) && /\S/.test(piece))) return null;
    if (!step.own) found.add(index);
    here = step.at;
    ends = new Set(steps.map(({ at }) => at));
  }
  return found;
}
