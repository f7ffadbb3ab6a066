/** Folds of an article (`details`): what they hide, and opening them. */

export const CLOSED = 'details:not([open])';

/** The folds that can hide a node, from the inside out; what stands on a fold is seen when that is closed.
 * @param {Node} node @returns {HTMLDetailsElement[]} */
export function foldsAround(node) {
  const found = [];
  for (let child = node, parent = child.parentNode; parent; child = parent, parent = child.parentNode) {
    if (parent instanceof HTMLDetailsElement && child !== parent.querySelector(':scope > summary')) found.push(parent);
  }
  return found;
}

/** Open what hides a node. @param {Node | null} node */
export function reveal(node) {
  if (node) for (const fold of foldsAround(node)) fold.open = true;
}
