import { domainByName } from '@sc/domains';
import { initialState, step, type AlarmTransition, type DetectionInput, type RuleState } from '@sc/features/detection';
import { delivered, scenarios, type Scenario, type Step } from '@sc/simulators';

const start = Date.UTC(2026, 0, 5);

function inputsOf(scenario: Scenario, said: Step): DetectionInput[] {
  const { domain } = scenario.devices.find(({ key }) => key === said.device)!;
  const ts = start + said.atS * 1000;
  const common = { deviceId: said.device, domain, ts, receivedAt: ts };
  if ('event' in said)
    return [{ kind: 'event', ...common, type: said.event.type, eventKey: said.event.id, data: said.event.data ?? {} }];
  return Object.entries(said.values).map(([metric, value]) => ({ kind: 'reading', ...common, metric, value }));
}

/** The default rules on the story's messages in the order of their delivery: a pure run of what the platform does. */
function detect(scenario: Scenario): AlarmTransition[] {
  const memory = new Map<string, RuleState>();
  const seen: AlarmTransition[] = [];
  for (const said of delivered(scenario))
    for (const input of inputsOf(scenario, said))
      for (const rule of domainByName(input.domain)!.rules) {
        const key = `${input.deviceId} ${rule.id}`;
        const { state, transitions } = step(rule, memory.get(key) ?? initialState(rule), input);
        memory.set(key, state);
        seen.push(...transitions);
      }
  return seen;
}

describe.each(scenarios)('the default rules on $name', (scenario) => {
  it('find exactly the alarms that the scenario expects', () => {
    const alarms = new Map<string, { device: string; ruleId: string; conditionActive: boolean; occurrences: number }>();
    for (const { kind, deviceId, ruleId } of detect(scenario)) {
      const key = `${deviceId} ${ruleId}`;
      const before = alarms.get(key)?.occurrences ?? 0;
      alarms.set(key, {
        device: deviceId,
        ruleId,
        conditionActive: kind === 'raise',
        occurrences: before + (kind === 'raise' ? 1 : 0),
      });
    }
    const expected = scenario.expected.alarms.map((alarm) => ({ occurrences: 1, ...alarm }));
    expect([...alarms.values()]).toHaveLength(expected.length);
    expect([...alarms.values()]).toEqual(expect.arrayContaining(expected));
  });
});
