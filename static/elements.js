/** Elements of the page around the article: found by what they are for, and made. */

/** @typedef {HTMLElement & {value: string, href: string, disabled: boolean, checked: boolean, select: () => void}} Hook */

/** The elements that show something. @param {string} name @returns {Hook[]} */
export const hooks = (name) => Array.from(document.querySelectorAll(`[data-show="${name}"]`));

/** The controls that do something. @param {string} name @returns {Hook[]} */
export const doers = (name) => Array.from(document.querySelectorAll(`[data-do="${name}"]`));

/** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {Partial<HTMLElementTagNameMap[K]>} [properties] @param {(Node | string)[]} children */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  Object.assign(element, properties);
  element.append(...children);
  return element;
}

/** Leave many controls one tab stop. @param {HTMLElement[]} all @param {HTMLElement} [stop] */
export function rove(all, stop = all[0]) {
  for (const each of all) each.tabIndex = each === stop ? 0 : -1;
}
