import i18next from 'i18next';
import en from '../locales/en/desk.js';
import zh from '../locales/zh-CN/desk.js';
import { type CauseWords, sentenceOf } from './cause-sentence.js';

const languages = i18next.createInstance({
  resources: { en: { desk: en }, 'zh-CN': { desk: zh } },
  interpolation: { escapeValue: false },
});
const words = (locale: string): CauseWords => ({
  t: languages.getFixedT(locale, 'desk') as CauseWords['t'],
  value: (value, metric) => (metric === 'temperature' ? `${String(value)} °C` : String(value)),
  metric: (name) => name,
  event: (type) => type,
  duration: (ms) => `${ms / 3_600_000} h`,
  time: (at) => at.slice(11, 16),
});
const hour = 3_600_000;
const expectedAt = '2026-01-06T16:00:00.000Z';

beforeAll(() => languages.init({ lng: 'en' }));

it.each([
  [{ kind: 'rate', metric: 'temperature', value: 40, perMinute: 8.3 }, '40 °C, rising 8.3 °C a minute'],
  [{ kind: 'rate', metric: 'temperature', value: 40, perMinute: -8.3 }, '40 °C, falling 8.3 °C a minute'],
  [{ kind: 'stuck', metric: 'temperature', value: 21, forMs: 48 * hour }, '21 °C, unchanged for 48 h'],
  [
    { kind: 'forecast', metric: 'fillPercent', value: 70, level: 85, perHour: 4, expectedAt },
    '70; 85 expected at 16:00 (4 an hour)',
  ],
  [
    { kind: 'forecast', metric: 'occupied', value: 90, of: 'capacity', level: 0.98, perHour: 0.1, expectedAt },
    '90; 98 % expected at 16:00 (10 % an hour)',
  ],
  [
    { kind: 'sequence', order: 'before', type: 'door.opened', missing: { event: 'access.granted' }, withinMs: hour },
    '“door.opened” without “access.granted” before',
  ],
  [
    { kind: 'sequence', order: 'after', metric: 'open', value: true, missing: { event: 'shut' }, withinMs: hour },
    '“open true”, no “shut” within 1 h',
  ],
  [{ kind: 'sequence', order: 'after', type: 'vehicle.left', answeredTs: 1 }, '“vehicle.left” was told'],
  [{ kind: 'baseline', metric: 'temperature', value: 30, low: 18, high: 22 }, '30 °C, usually 18 °C to 22 °C'],
  [
    { kind: 'group', counted: 3, members: [{ deviceId: 'a' }, { deviceId: 'a' }, { deviceId: 'b' }] },
    '3 signs at 2 devices together',
  ],
])('says %j in words, in both languages', (cause, expected) => {
  expect(sentenceOf(cause, words('en'))).toBe(expected);
  const chinese = sentenceOf(cause, words('zh-CN'));
  expect(chinese).not.toBe(expected);
  expect(chinese).not.toMatch(/\{\{|undefined/);
});

it.each([
  { kind: 'threshold', metric: 'm', value: 1 },
  { kind: 'stuck', metric: 'm', value: 1 },
  { kind: 'reached', metric: 'm', value: 1 },
  { kind: 'sequence' },
  { kind: '__proto__' },
  {},
])('leaves %j to the value itself', (cause) => {
  expect(sentenceOf(cause, words('en'))).toBeUndefined();
});
