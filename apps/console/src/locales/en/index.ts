import app from './app.js';
import backTest from './back-test.js';
import cameras from './cameras.js';
import channels from './channels.js';
import desk from './desk.js';
import exports from './exports.js';
import field from './field.js';
import load from './load.js';
import silences from './silences.js';
import rules from './rules.js';
import site from './site.js';
import system from './system.js';
import words from './words.js';

export default {
  app,
  'back-test': backTest,
  cameras,
  channels,
  words,
  desk,
  exports,
  field,
  load,
  silences,
  rules,
  site,
  system,
};
