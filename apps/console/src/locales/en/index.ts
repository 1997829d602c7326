import app from './app.js';
import assignment from './assignment.js';
import backTest from './back-test.js';
import board from './board.js';
import calendars from './calendars.js';
import cameras from './cameras.js';
import catalogue from './catalogue.js';
import cases from './cases.js';
import channels from './channels.js';
import control from './control.js';
import desk from './desk.js';
import directory from './directory.js';
import duty from './duty.js';
import evaluation from './evaluation.js';
import exports from './exports.js';
import field from './field.js';
import load from './load.js';
import silences from './silences.js';
import reports from './reports.js';
import residents from './residents.js';
import rounds from './rounds.js';
import rules from './rules.js';
import site from './site.js';
import staffing from './staffing.js';
import system from './system.js';
import words from './words.js';

export default {
  app,
  assignment,
  'back-test': backTest,
  board,
  calendars,
  cameras,
  catalogue,
  cases,
  channels,
  control,
  words,
  desk,
  directory,
  duty,
  evaluation,
  exports,
  field,
  load,
  silences,
  reports,
  residents,
  rounds,
  rules,
  site,
  staffing,
  system,
};
