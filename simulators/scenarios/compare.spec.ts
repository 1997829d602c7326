import type { Alarm, IncidentDetail } from '@sc/contracts';
import { compare } from './compare.js';
import { scenarioByName } from './catalogue.js';
import type { Scenario } from './scenario.js';

const scenario = scenarioByName('kitchen-fire')!;
const alarm = (facts: Partial<Alarm> = {}): Alarm =>
  ({ deviceId: 'kitchen', ruleId: 'fire-smoke', conditionActive: false, occurrences: 1, ...facts }) as Alarm;
const incident = (orders: number): IncidentDetail =>
  ({
    workOrders: Array.from({ length: orders }, () => ({ number: 'WO-1', state: 'dispatched', assigneeName: null })),
  }) as unknown as IncidentDetail;
const differences = (alarms: Alarm[], incidents: IncidentDetail[]): string[] =>
  compare(scenario, (id) => id, { alarms, incidents }).differences;

describe('expected against seen', () => {
  it('finds nothing when all is as expected', () => {
    expect(differences([alarm()], [incident(1)])).toEqual([]);
  });

  it('counts orders that a sensor closed, refused readings and the severity, where the story tells them', () => {
    const told: Scenario = {
      ...scenario,
      expected: {
        ...scenario.expected,
        alarms: [{ ...scenario.expected.alarms[0]!, severity: 'severe' }],
        closedBySensor: 1,
        refused: 2,
      },
    };
    const outcome = { alarms: [alarm({ severity: 'minor' })], incidents: [incident(1)] };
    expect(compare(told, (id) => id, outcome, 1).differences).toEqual([
      'orders closed by the sensor: 1 expected, 0 seen',
      'refused readings: 2 expected, 1 seen',
      'fire-smoke at kitchen: severe expected, minor seen',
    ]);
  });

  it.each([
    ['no alarm', [], [incident(1)], /missing: fire-smoke at kitchen/],
    ['one too many', [alarm(), alarm()], [incident(1)], /not expected: fire-smoke/],
    ['another rule', [alarm(), alarm({ ruleId: 'fire-heat' })], [incident(1)], /not expected: fire-heat/],
    ['still active', [alarm({ conditionActive: true })], [incident(1)], /still so/],
    ['raised twice', [alarm({ occurrences: 2 })], [incident(1)], /2 times/],
    ['two incidents', [alarm()], [incident(1), incident(0)], /incidents: 1 expected, 2 seen/],
    ['two orders', [alarm()], [incident(2)], /work orders: 1 expected, 2 seen/],
    ['no order', [alarm()], [], /work orders: 1 expected, 0 seen/],
  ])('finds %s', (_, alarms, incidents, message) => {
    expect(differences(alarms, incidents).join('\n')).toMatch(message);
  });
});
