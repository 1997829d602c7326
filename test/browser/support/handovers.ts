import {
  type HandoverDetail,
  handoverDetailSchema,
  type HandoverItem,
  handoverKinds,
  type Person,
  systemPulseSchema,
} from '@sc/contracts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(9_300 + n).padStart(12, '0')}`;
const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });
export const handoverId = uuid(1);

/** One that waits to be accepted, with something of every kind and long words. */
export function someHandover(now: number, people: readonly Person[]): HandoverDetail {
  const [receiver, giver] = people.map(({ id, name }) => ({ id, name })) as [Who, Who];
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  const item = (kind: HandoverItem['kind'], over: Partial<HandoverItem> = {}): HandoverItem => ({
    kind,
    id: kind === 'device' ? 'sunny/smoke-1' : uuid(10 + handoverKinds.indexOf(kind)),
    title: text('烟雾报警，疑似火情，请立即核实', 'Smoke alarm: a fire is suspected, verify at once'),
    areaName: text('3 号楼 · 12 层东侧公共走廊', 'Building 3 · Public corridor on the east side of floor 12'),
    device: '走廊烟感 12-03',
    severity: null,
    state: null,
    since: at(-90),
    until: null,
    light: null,
    number: null,
    who: giver.name,
    reason: null,
    ...over,
  });
  const group = (one: HandoverItem, total = 1) => ({ total, items: [one] });
  const until = at(45);
  return handoverDetailSchema.parse({
    id: handoverId,
    areaId: 'sunny',
    areaName: text('阳光花园', 'Sunny Garden'),
    team: null,
    shiftStartsAt: at(-460),
    shiftEndsAt: at(20),
    planned: true,
    state: 'handed-over',
    version: 4,
    openedBy: giver,
    openedAt: at(-40),
    giver,
    receiver,
    handedOverAt: at(-5),
    endedAt: null,
    notes: 2,
    allowedActions: ['return', 'accept'],
    snapshot: {
      takenAt: at(-5),
      happened: {
        raised: { extreme: 1, severe: 2, moderate: 7, minor: 12, unknown: 0 },
        acknowledged: 18,
        over: 15,
        opened: 6,
        closed: 4,
        roundsDone: 2,
        roundsMissed: 1,
        grave: group(item('alarm', { severity: 'extreme', state: 'acknowledged' }), 3),
      },
      standing: {
        alarm: group(item('alarm', { severity: 'severe', state: 'unacknowledged' }), 4),
        'work-order': group(
          item('work-order', { severity: 'severe', state: 'in-hand', light: 'overdue', number: 'WO-000123', until }),
        ),
        incident: group(item('incident', { severity: 'moderate' })),
        silenced: group(item('silenced', { severity: 'minor', state: 'shelved', until, reason: '施工扬尘' })),
        maintenance: group(item('maintenance', { state: 'running', until, reason: '消防主机年检' })),
        'out-of-service': { total: 0, items: [] },
        device: group(item('device', { state: 'offline' })),
      },
    },
    remarks: [
      {
        id: uuid(30),
        item: null,
        words: '物业工程部夜间在 3 号楼施工。\n有异响先联系他们。',
        by: giver,
        at: at(-30),
        version: 1,
      },
      {
        id: uuid(31),
        item: { kind: 'work-order', id: uuid(10 + handoverKinds.indexOf('work-order')), title: text('烟雾', 'Smoke') },
        words: 'The officer is on the way; call back at half past.',
        by: receiver,
        at: at(-20),
        version: 2,
      },
    ],
    steps: [{ action: 'hand-over', at: at(-5), by: giver, to: receiver, words: null }],
  });
}
interface Who {
  id: string;
  name: string;
}

export const aPulse = (now: number) =>
  systemPulseSchema.parse({
    at: new Date(now).toISOString(),
    troubles: [{ kind: 'dispatch', what: 'silent', check: null, detail: null }],
    lateSeconds: 75,
  });
