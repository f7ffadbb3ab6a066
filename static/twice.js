/** What cannot be taken back is asked for twice, by the same button. */

import { say } from './notices.js';

/** Nobody has read the question sooner: the second press of a double click was meant for the first, in ms. */
const READING = 500;

/**
 * @param {HTMLElement} button @param {HTMLElement} note where the warning stands meanwhile
 * @param {string} question that the button asks then @param {string} warning what will be, empty where the question says it
 * @param {() => unknown} act
 */
export function twice(button, note, question, warning, act) {
  const label = button.textContent;
  let asked = false;
  const ask = (/** @type {boolean} */ now) => {
    asked = now;
    button.textContent = now ? question : label;
    note.textContent = now ? warning : '';
    note.hidden = !(now && warning);
  };
  button.onclick = () => {
    if (button.ariaDisabled) return;
    if (asked) act();
    else {
      say(`${question} ${warning}`);
      button.ariaDisabled = 'true';
      setTimeout(() => (button.ariaDisabled = null), READING);
    }
    ask(!asked);
  };
  // Whoever goes elsewhere does not want it.
  button.onblur = () => ask(false);
}
