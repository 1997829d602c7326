import { readingRefusedEvent, type Severity } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import {
  initialState,
  SiteHours,
  step,
  type AlarmTransition,
  type DetectionInput,
  type RuleState,
} from '@sc/features/detection';
import { delivered, scenarios, storyStart, type Scenario, type Step } from '@sc/simulators';

const timeZone = 'Asia/Shanghai';
const hours = new SiteHours(timeZone);

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

/** The default rules on the story's messages in the order of their delivery: a pure run of what the platform does. */
function detect(scenario: Scenario): AlarmTransition[] {
  const memory = new Map<string, RuleState>();
  const seen: AlarmTransition[] = [];
  const start = storyStart(scenario, Date.UTC(2026, 0, 6), timeZone);
  for (const said of delivered(scenario))
    for (const input of inputsOf(scenario, said, start))
      for (const rule of domainByName(input.domain)!.rules) {
        const key = `${input.deviceId} ${rule.id}`;
        const { state, transitions } = step(rule, memory.get(key) ?? initialState(rule.condition), input, 0, hours);
        memory.set(key, state);
        seen.push(...transitions);
      }
  return seen;
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
    scenario.devices.flatMap(({ domain }) => domainByName(domain)!.rules).find(({ id }) => id === ruleId)!.severity;
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
