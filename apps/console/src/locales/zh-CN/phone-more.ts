import cameras from './cameras.js';
import cases from './cases.js';
import channels from './channels.js';
import desk from './desk.js';
import evaluation from './evaluation.js';
import residents from './residents.js';
import rounds from './rounds.js';
import site from './site.js';
import words from './words.js';

/** What the phone says once something is opened: the other texts are the desk's alone. All of them are in index.ts. */
export default { cameras, cases, channels, desk, evaluation, residents, rounds, site, words };
