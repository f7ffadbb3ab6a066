/** Loading scripts when they are wanted. */

/** How often each could not be had. @type {Map<string, number>} */
const failures = new Map();

/** A script by its name. Some browsers remember of an address that a script could not be had there, so the next time it is asked
 * for under another one; what it imports stays the same. @template T @param {string} name @param {() => Promise<T>} first @returns {Promise<T>} */
export async function loaded(name, first) {
  const count = failures.get(name) ?? 0;
  try {
    return await (count ? import(`./${name}?${count}`) : first());
  } catch (error) {
    failures.set(name, count + 1);
    throw error;
  }
}
