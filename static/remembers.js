/** Whether this browser keeps something of the reader. Small: it is asked before anything else is loaded. */

/** @param {string} pattern of names in the storage, as a regular expression */
export function remembers(pattern) {
  try {
    return Object.keys(localStorage).some((name) => name.match(pattern));
  } catch {
    return false;
  }
}
