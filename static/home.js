/** The entry point of the pages without an article. Who has marked nothing in this browser loads no more than this. */

import { remembers } from './remembers.js';

if (remembers('^snippets:(link|draft)')) import('./returning.js').then(({ welcome }) => welcome(), () => {});
