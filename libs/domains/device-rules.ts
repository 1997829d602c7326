import { lowBatteryPercent, readingRefusedEvent, type Metric, type Rule, type Text } from '@sc/contracts';

/** What every kind of device has in common: batteries run low, radios fall silent, sensors break. */

const minute = 60_000;
const hour = 60 * minute;

export const batteryMetric: Metric = {
  type: 'number',
  unit: '%',
  min: 0,
  max: 100,
  title: { 'zh-CN': '电量', en: 'Battery' },
  retention: 'technical',
};

const common = { version: 2, certainty: 'observed', workOrder: true, enabled: true } as const;

export const batteryLow = (domain: string): Rule => ({
  ...common,
  id: `${domain}-battery-low`,
  domain,
  title: { 'zh-CN': '电量低', en: 'Battery low' },
  guidance: { 'zh-CN': '请在一周内更换电池。', en: 'Change the battery within a week.' },
  // The voltage dips while the radio sends. Battery is reported rarely, hence the wide gap.
  condition: {
    kind: 'threshold',
    metric: 'battery',
    direction: 'below',
    raiseAt: lowBatteryPercent,
    clearAt: 25,
    onDelayMs: minute,
    offDelayMs: minute,
    maxGapMs: 25 * hour,
  },
  severity: 'minor',
  urgency: 'future',
  source: {
    'zh-CN': '自定：可用数年的电池剩 15% 还能用数月，一周内更换绰绰有余；新电池读数远高于 25%。',
    en: 'Our own choice: 15 % of a battery that lasts years is months, so a week to change it is easy; a new one reads far above 25 %.',
  },
});

/** A device that was heard and is not any more. `source` tells how often such devices report. */
export const silent = (domain: string, afterMs: number, severity: Rule['severity'], source: Text): Rule => ({
  ...common,
  id: `${domain}-silent`,
  domain,
  title: { 'zh-CN': '设备失联', en: 'Device silent' },
  guidance: {
    'zh-CN': '设备已无数据，平台看不到该处情况。检查电源、电池和网络。',
    en: 'The device sends nothing: the platform is blind there. Check power, battery and network.',
  },
  condition: { kind: 'silence', afterMs },
  severity,
  urgency: 'expected',
  source,
});

/** Readings that cannot be are refused one by one; that a device sends them is worth a look, once. */
export const readingImpossible = (domain: string, severity: Rule['severity'], quietMs: number): Rule => ({
  ...common,
  id: `${domain}-reading-impossible`,
  domain,
  title: { 'zh-CN': '读数异常', en: 'Impossible readings' },
  guidance: {
    'zh-CN': '设备上报的数值不可能存在，已拒收并记录。核对传感器的安装、校准和配置。',
    en: 'The device reports values that cannot be; they were refused and kept aside. Check mounting, calibration and configuration of the sensor.',
  },
  condition: {
    kind: 'event',
    raiseOn: [readingRefusedEvent],
    clearOn: [],
    match: [{ field: 'reason', anyOf: ['value-out-of-range', 'wrong-type'] }],
    quietMs,
  },
  severity,
  urgency: 'future',
  source: {
    'zh-CN': '自定：指标的上下限是正常传感器所能上报的范围，超出即为损坏、移位或设置错误。一段时间内不再出现即结束。',
    en: 'Our own choice: the bounds of a metric are what a working sensor can report, so beyond them it is broken, moved or set up wrongly. Over when no further one came for a while.',
  },
});
