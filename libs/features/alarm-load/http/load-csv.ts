import type { AlarmLoad, Locale } from '@sc/contracts';
import { writeCsv } from '@sc/platform/csv';

const header = ['kind', 'code', 'rule', 'device', 'name', 'value', 'unit', 'target', 'met', 'explanation'];
const signs = { below: '<', 'at-most': '≤', 'at-least': '≥' } as const;

/** All of an answer as one table: figures, the worst, rules and devices, and each ten minutes. */
export function loadCsv(load: AlarmLoad, locale: Locale): string {
  const number = (value: number | null) => (value === null ? '' : String(Number(value.toFixed(4))));
  const figures = load.figures.map(({ code, title, value, unit, target, met, definition, source }) => [
    'figure',
    code,
    '',
    '',
    title[locale],
    number(value),
    unit,
    target ? `${signs[target.is]} ${target.value}` : '',
    met === null ? '' : met ? 'yes' : 'no',
    [definition[locale], source].filter(Boolean).join(' — '),
  ]);
  const worst = load.worst.map(({ ruleId, deviceId, ruleTitle, deviceName, alarms, mend }) => [
    'worst',
    mend.code,
    ruleId,
    deviceId,
    `${ruleTitle[locale]} · ${deviceName}`,
    String(alarms),
    'count',
    '',
    '',
    mend.text[locale],
  ]);
  const precise = [
    ...load.rules.map((rule) => ({ ...rule, deviceId: '', name: rule.title[locale] })),
    ...load.devices.map((device) => ({ ...device, ruleId: '' })),
  ].map(({ ruleId, deviceId, name, precision, judgedTrue, judgedFalse, judgedTest, alarms }) => [
    ruleId ? 'rule' : 'device',
    'precision',
    ruleId,
    deviceId,
    name,
    number(precision),
    'share',
    '',
    '',
    `alarms ${alarms}, true ${judgedTrue}, false ${judgedFalse}, test ${judgedTest}`,
  ]);
  const buckets = load.buckets.map(({ at, alarms, flood }) => [
    'ten-minutes',
    flood ? 'flood' : '',
    '',
    '',
    at,
    String(alarms),
    'per-10-min',
    '',
    '',
    '',
  ]);
  return writeCsv(header, [...figures, ...worst, ...precise, ...buckets]);
}
