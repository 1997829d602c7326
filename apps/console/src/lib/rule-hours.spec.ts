import { ruleHours } from './rule-hours.js';

describe('the hours of a rule', () => {
  it('are wall-clock times', () => {
    expect(ruleHours({ from: '22:00', to: '06:00' }, 'en')).toBe('22:00–06:00');
  });

  it('name their days in the language of the reader, Monday first', () => {
    expect(ruleHours({ from: '08:00', to: '18:00', days: [7, 1] }, 'en')).toBe('08:00–18:00 Mon Sun');
    expect(ruleHours({ from: '08:00', to: '18:00', days: [1, 7] }, 'zh-CN')).toBe('08:00–18:00 周一周日');
  });
});
