import type { Outcome } from '../client/index.js';
import type { Scenario } from './scenario.js';

export interface Comparison {
  /** Lines to print: expected against seen. */
  lines: string[];
  /** Empty when the platform did what the story asks. */
  differences: string[];
}

/**
 * @param keyOf scenario's key of a device id
 * @param refused how many readings landed in the dead-letter list, where the story says how many should
 */
export function compare(
  scenario: Scenario,
  keyOf: (deviceId: string) => string,
  outcome: Outcome,
  refused?: number,
): Comparison {
  const { expected } = scenario;
  const wanted = expected.alarms.map((a) => line(a.device, a.ruleId, a.conditionActive, a.occurrences ?? 1));
  const seen = outcome.alarms.map((a) => line(keyOf(a.deviceId), a.ruleId, a.conditionActive, a.occurrences));
  const workOrders = outcome.incidents.flatMap((incident) => incident.workOrders);
  const orders = workOrders.length;
  const closed = workOrders.filter(({ state }) => state === 'closed').length;
  const differences = [
    ...without(wanted, seen).map((alarm) => `missing: ${alarm}`),
    ...without(seen, wanted).map((alarm) => `not expected: ${alarm}`),
    ...count('incidents', expected.incidents, outcome.incidents.length),
    ...count('work orders', expected.workOrders, orders),
    ...count('orders closed by the sensor', expected.closedBySensor ?? closed, closed),
    ...count('refused readings', expected.refused ?? 0, refused ?? expected.refused ?? 0),
    ...severities(scenario, keyOf, outcome),
  ];
  const lines = [
    `  expected  ${summary(wanted, expected.incidents, expected.workOrders)}`,
    `  seen      ${summary(seen, outcome.incidents.length, orders)}`,
    ...outcome.incidents.flatMap(({ workOrders }) =>
      workOrders.map(
        (order) => `            order ${order.number}: ${order.state}, ${order.assigneeName ?? 'nobody yet'}`,
      ),
    ),
  ];
  return { lines, differences };
}

const line = (device: string, ruleId: string, active: boolean, times: number): string =>
  `${ruleId} at ${device}, ${active ? 'still so' : 'over'}${times === 1 ? '' : `, ${times} times`}`;

/** What the events made of the severity, where the story says what they should. */
const severities = ({ expected }: Scenario, keyOf: (deviceId: string) => string, { alarms }: Outcome): string[] =>
  expected.alarms.flatMap(({ device, ruleId, severity }) => {
    const alarm = alarms.find((a) => keyOf(a.deviceId) === device && a.ruleId === ruleId);
    return !alarm || severity === undefined || alarm.severity === severity
      ? []
      : [`${ruleId} at ${device}: ${severity} expected, ${alarm.severity} seen`];
  });

const summary = (alarms: string[], incidents: number, orders: number): string =>
  `${alarms.length ? [...alarms].sort().join('; ') : 'no alarm'} · ${incidents} incidents · ${orders} work orders`;

const count = (what: string, wanted: number, seen: number): string[] =>
  wanted === seen ? [] : [`${what}: ${wanted} expected, ${seen} seen`];

/** Items of `a` that `b` does not hold, counted: two equal alarms are not one. */
function without(a: readonly string[], b: readonly string[]): string[] {
  const rest = [...b];
  return a.filter((item) => {
    const at = rest.indexOf(item);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
