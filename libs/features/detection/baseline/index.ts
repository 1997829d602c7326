export { baselineBytes, baselineLayout, historyOf, judge, newBaseline, scoreOf } from './baseline.js';
export type { Judgement, Usual } from './baseline.js';
