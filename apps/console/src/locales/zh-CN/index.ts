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
import device from './device.js';
import directory from './directory.js';
import duty from './duty.js';
import evaluation from './evaluation.js';
import exports from './exports.js';
import field from './field.js';
import fleet from './fleet.js';
import history from './history.js';
import handovers from './handovers.js';
import load from './load.js';
import map from './map.js';
import silences from './silences.js';
import reports from './reports.js';
import residents from './residents.js';
import rounds from './rounds.js';
import rules from './rules.js';
import site from './site.js';
import staffing from './staffing.js';
import system from './system.js';
import wall from './wall.js';
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
  device,
  directory,
  duty,
  evaluation,
  exports,
  field,
  fleet,
  history,
  handovers,
  load,
  map,
  silences,
  reports,
  residents,
  rounds,
  rules,
  site,
  staffing,
  system,
  wall,
};
