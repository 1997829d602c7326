import { type Domain, domainSchema, formatTopic, parseTopic } from '@sc/contracts';
import { domains } from '@sc/domains';
import { initialState, step, type DetectionInput } from '@sc/features/detection';

/** A kind of device that nobody has thought of: what a newcomer would put into a folder of libs/domains. */
const lifts = {
  name: 'lifts',
  title: { 'zh-CN': '电梯', en: 'Lifts' },
  lifeSafety: false,
  metrics: {
    stuck: { type: 'boolean', unit: '', title: { 'zh-CN': '困梯', en: 'Stuck' }, retention: 'state' },
    load: {
      type: 'number',
      unit: 'kg',
      min: 0,
      max: 5000,
      title: { 'zh-CN': '载重', en: 'Load' },
      retention: 'technical',
    },
  },
  events: { 'door.jammed': { title: { 'zh-CN': '轿门卡阻', en: 'Door jammed' } } },
  rules: [
    {
      id: 'lifts-stuck',
      version: 1,
      domain: 'lifts',
      title: { 'zh-CN': '电梯困人', en: 'Lift stuck' },
      guidance: { 'zh-CN': '安抚乘客，通知维保。', en: 'Speak to the people inside, call the lift company.' },
      condition: { kind: 'held', metric: 'stuck', value: true, beginOn: [], endOn: [], forMs: 30_000 },
      severity: 'severe',
      urgency: 'immediate',
      certainty: 'observed',
      workOrder: true,
      enabled: true,
      source: { 'zh-CN': '测试', en: 'a test' },
    },
  ],
  workOrders: [
    {
      category: 'lifts-rescue',
      severities: ['severe'],
      title: { 'zh-CN': '电梯救援', en: 'Free the people in the lift' },
      instructions: { 'zh-CN': '到场救援。', en: 'Go there.' },
      severity: 'severe',
      limits: { accept: { amount: 2, unit: 'minutes' }, handle: null, verify: null },
      skills: [],
      teamId: null,
      checklist: [],
      proof: 'photo',
      verifier: 'staff',
    },
  ],
} satisfies Domain;

describe('a domain nobody has thought of', () => {
  it('is data alone: the schema takes it, its topics are topics', () => {
    expect(domainSchema.parse(lifts)).toEqual(lifts);
    expect(domains.map(({ name }) => name)).not.toContain(lifts.name);
    const topic = formatTopic({ domain: 'lifts', deviceId: 'c1/lift-1', channel: 'telemetry' });
    expect(parseTopic(topic)).toEqual({ domain: 'lifts', deviceId: 'c1/lift-1', channel: 'telemetry' });
  });

  it('is detected on by the same function, and its alarm finds its order', () => {
    const rule = lifts.rules[0]!;
    const reading = (s: number, value: boolean): DetectionInput => ({
      kind: 'reading',
      deviceId: 'c1/lift-1',
      domain: 'lifts',
      metric: 'stuck',
      value,
      ts: s * 1000,
      receivedAt: s * 1000,
    });
    let state = initialState(rule.condition);
    const kinds: string[] = [];
    for (const input of [reading(1, false), reading(10, true), reading(45, true), reading(90, false)]) {
      const next = step(rule, state, input);
      state = next.state;
      kinds.push(...next.transitions.map(({ kind }) => kind));
    }
    expect(kinds).toEqual(['raise', 'clear']);
    expect(lifts.workOrders.filter(({ severities }) => severities.includes(rule.severity))).toHaveLength(1);
  });

  it.each([
    [
      'a rule whose severity no order is for',
      { ...lifts, workOrders: [{ ...lifts.workOrders[0], severities: ['minor'] }] },
    ],
    ['a title in one language', { ...lifts, title: { en: 'Lifts' } }],
    ['no work order at all', { ...lifts, workOrders: [] }],
  ])('is refused with %s', (_, domain) => {
    expect(domainSchema.safeParse(domain).success).toBe(false);
  });
});
