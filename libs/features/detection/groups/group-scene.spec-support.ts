import type { Condition, Rule } from '@sc/contracts';
import { Detector } from '../detector.js';
import type { AlarmTransition, DetectionInput } from '../types.js';
import type { DevicePlace } from './place.js';

const text = { 'zh-CN': '一', en: 'a' };

export const aRule = (condition: Condition, more: Partial<Rule> = {}): Rule => ({
  id: 'g',
  version: 1,
  domain: 'fire',
  title: text,
  guidance: text,
  condition,
  severity: 'extreme',
  urgency: 'immediate',
  certainty: 'observed',
  workOrder: true,
  enabled: true,
  source: text,
  ...more,
});

export const level = (metric: string, raiseAt: number) => ({
  kind: 'threshold' as const,
  metric,
  direction: 'above' as const,
  raiseAt,
  clearAt: raiseAt / 2,
  onDelayMs: 0,
  offDelayMs: 0,
  maxGapMs: 3_600_000,
});

export const told = (type: string, over: string[] = [], quietMs?: number) => ({
  kind: 'event' as const,
  raiseOn: [type],
  clearOn: over,
  ...(quietMs === undefined ? {} : { quietMs }),
});

export const reading = (deviceId: string, ts: number, metric: string, value: number): DetectionInput => ({
  kind: 'reading',
  deviceId,
  domain: 'fire',
  metric,
  value,
  ts,
  receivedAt: ts,
});

export const event = (deviceId: string, ts: number, type: string, domain = 'fire', data = {}): DetectionInput => ({
  kind: 'event',
  deviceId,
  domain,
  type,
  eventKey: `${type}-${ts}`,
  data,
  ts,
  receivedAt: ts,
});

/** `c/k1` and `c/k2` are in the kitchen, `c/h` in the hall, both in house b1; `c/x` is in another house, `c/n` nowhere. */
const inRoom = (building: string, room: string, ...labels: string[]): DevicePlace => ({
  areas: [
    { id: 'c', kind: 'community' },
    { id: building, kind: 'building' },
    { id: room, kind: 'room' },
  ],
  labels,
});
export const places = new Map<string, DevicePlace>([
  ['c/k1', inRoom('b1', 'kitchen', 'stove')],
  ['c/k2', inRoom('b1', 'kitchen')],
  ['c/h', inRoom('b1', 'hall')],
  ['c/x', inRoom('b2', 'cellar')],
]);

export const detectorOf = (rules: readonly Rule[], where: ReadonlyMap<string, DevicePlace> = places): Detector => {
  const detector = new Detector({
    onRuleFailure: (_, error) => {
      throw error;
    },
  });
  detector.setPlaces(where);
  detector.setRules(rules);
  return detector;
};

export const lines = (transitions: readonly AlarmTransition[]): string[] =>
  transitions.map(({ kind, ruleId, deviceId, subject, at }) => `${kind} ${ruleId} ${deviceId} [${subject}] ${at}`);
