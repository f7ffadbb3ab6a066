/** The legend of a share's colours, whose boxes leave some of them out. */

/** @param {string | undefined} color */
export const leftOut = (color) => Boolean(document.querySelector(`.legend:not([hidden] *) [value="${color}"]:not(:checked)`));
