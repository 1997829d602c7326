import { readingRefusedEvent, type Severity } from '@sc/contracts';
import { domains } from '@sc/domains';
import { Detector, type AlarmTransition, type DetectionInput } from '@sc/features/detection';
import { delivered, scenarios, storyStart, type Scenario, type Step } from '@sc/simulators';

const timeZone = 'Asia/Shanghai';

function inputsOf(scenario: Scenario, said: Step, start: number): DetectionInput[] {
  const { domain } = scenario.devices.find(({ key }) => key === said.device)!;
  const ts = start + said.atS * 1000;
  const common = { deviceId: said.device, domain, ts, receivedAt: ts };
  if ('event' in said)
    return [{ kind: 'event', ...common, type: said.event.type, eventKey: said.event.id, data: said.event.data ?? {} }];
  // What the platform writes of a device whose reading it refused.
  if (said.refused !== undefined)
    return [{ kind: 'event', ...common, type: readingRefusedEvent, eventKey: `${ts}`, data: { reason: said.refused } }];
  return Object.entries(said.values).map(([metric, value]) => ({ kind: 'reading', ...common, metric, value }));
}

/** The default rules on the story's messages in the order of their delivery: a pure run of what the platform does. No device bears a label. */
function detect(scenario: Scenario): AlarmTransition[] {
  const detector = new Detector({
    timeZone,
    onRuleFailure(rule, error) {
      throw new Error(`${rule.id} failed`, { cause: error });
    },
  });
  const building = { id: 'building', kind: 'building' } as const;
  const placeOf = (room: string) => ({ areas: [building, { id: room, kind: 'room' } as const], labels: [] });
  detector.setPlaces(new Map(scenario.devices.map(({ key, room }) => [key, placeOf(room)])));
  detector.setRules(domains.flatMap(({ rules }) => rules));
  // As on the stage: one building with its rooms.
  const areasOf = (room: string) => [
    { id: 'building', kind: 'building' as const },
    { id: room, kind: 'room' as const },
  ];
  detector.setPlaces(new Map(scenario.devices.map(({ key, room }) => [key, { areas: areasOf(room), labels: [] }])));
  const start = storyStart(scenario, Date.UTC(2026, 0, 6), timeZone);
  return delivered(scenario).flatMap((said) =>
    inputsOf(scenario, said, start).flatMap((input) => detector.evaluate([input])),
  );
}

interface Seen {
  device: string;
  ruleId: string;
  conditionActive: boolean;
  occurrences: number;
  severity: Severity;
}

function alarmsOf(scenario: Scenario): Seen[] {
  const alarms = new Map<string, Seen>();
  const severityOf = (ruleId: string) =>
    domains.flatMap(({ rules }) => rules).find(({ id }) => id === ruleId)!.severity;
  for (const { kind, deviceId, ruleId, subject, level } of detect(scenario)) {
    const key = `${deviceId} ${ruleId} ${subject}`;
    const before = alarms.get(key);
    alarms.set(key, {
      device: deviceId,
      ruleId,
      conditionActive: kind !== 'clear',
      occurrences: (before?.occurrences ?? 0) + (kind === 'raise' ? 1 : 0),
      severity: level?.severity ?? before?.severity ?? severityOf(ruleId),
    });
  }
  return [...alarms.values()];
}

describe.each(scenarios)('the default rules on $name', (scenario) => {
  it('find exactly the alarms that the scenario expects', () => {
    const expected = scenario.expected.alarms.map((alarm) => ({ occurrences: 1, ...alarm }));
    const seen = alarmsOf(scenario);
    expect(seen).toHaveLength(expected.length);
    expect(seen).toEqual(expect.arrayContaining(expected.map((alarm) => expect.objectContaining(alarm) as unknown)));
  });
});
