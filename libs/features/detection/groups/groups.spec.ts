import type { GroupCondition, Rule } from '@sc/contracts';
import { ruleSchema } from '@sc/contracts';
import { adopt } from '../adopt.js';
import { mostEpisodes } from './episodes.js';
import { aRule, detectorOf, event, level, lines, places, reading, told } from './group-scene.spec-support.js';

const members: GroupCondition['members'] = [
  { id: 'smoke', condition: level('smoke', 4) },
  { id: 'heat', condition: level('temperature', 50) },
];
const group = (more: Partial<GroupCondition>): GroupCondition => ({
  kind: 'group',
  members,
  atLeast: 2,
  counting: 'member',
  within: 'device',
  windowMs: 0,
  ...more,
});

describe('so many of several conditions at one place', () => {
  it('smoke and heat of one device: begins with the second, ends with the first that is over', () => {
    const detector = detectorOf([aRule(group({}))]);
    expect(lines(detector.evaluate([reading('c/k1', 1, 'smoke', 9), reading('c/k2', 2, 'temperature', 60)]))).toEqual(
      [],
    );
    const [raised] = detector.evaluate([reading('c/k1', 3, 'temperature', 60)]);
    expect(raised).toMatchObject({ kind: 'raise', deviceId: 'c/k1', subject: '', at: 3, ruleId: 'g' });
    expect(raised!.cause).toMatchObject({
      kind: 'group',
      counted: 2,
      members: [
        { member: 'smoke', deviceId: 'c/k1', at: 1, cause: { kind: 'threshold', metric: 'smoke', value: 9 } },
        { member: 'heat', deviceId: 'c/k1', at: 3 },
      ],
    });
    expect(lines(detector.evaluate([reading('c/k1', 4, 'smoke', 0)]))).toEqual(['clear g c/k1 [] 4']);
    expect(detector.activeConditions()).toEqual([]);
  });

  it('two detectors of one house, whatever of them, stand as one alarm on the one that completed it', () => {
    const detector = detectorOf([aRule(group({ counting: 'device', within: 'building' }))]);
    const first = [
      reading('c/k1', 1, 'smoke', 9),
      reading('c/k1', 2, 'temperature', 60),
      reading('c/x', 3, 'smoke', 9),
    ];
    expect(detector.evaluate(first)).toEqual([]);
    expect(lines(detector.evaluate([reading('c/h', 5, 'smoke', 9), reading('c/k2', 6, 'smoke', 9)]))).toEqual([
      'raise g c/h [b1] 5',
    ]);
    expect(lines(detector.evaluate([reading('c/h', 7, 'smoke', 0)]))).toEqual([]);
    const over = [reading('c/k2', 8, 'smoke', 0), reading('c/k1', 9, 'smoke', 0), reading('c/k1', 9, 'temperature', 9)];
    expect(lines(detector.evaluate(over))).toEqual(['clear g c/h [b1] 8']);
  });

  it('a detector and a camera: what only happens counts for as long as the window says', () => {
    const camera = { id: 'camera', domain: 'camera', condition: told('camera.alert', [], 1000) };
    const seen = (ts: number) => event('c/h', ts, 'camera.alert', 'camera');
    const rule = aRule(
      group({ members: [...members, camera], counting: 'device', within: 'building', windowMs: 5000 }),
    );
    expect(lines(detectorOf([rule]).evaluate([seen(1000), reading('c/k1', 5999, 'smoke', 9)]))).toEqual([
      'raise g c/k1 [b1] 5999',
    ]);
    const completed = detectorOf([rule]).evaluate([reading('c/k1', 900, 'smoke', 9), seen(1000)]);
    // It belongs to the domain of the rule, though the camera came last.
    expect(lines(completed)).toEqual(['raise g c/k1 [b1] 1000']);
    const past = detectorOf([rule]);
    past.evaluate([seen(1000), seen(1001)]);
    past.tick(3000);
    expect(past.evaluate([reading('c/k1', 6001, 'smoke', 9)])).toEqual([]);
    // The one that was told late did happen before.
    const late = detectorOf([rule]);
    expect(late.evaluate([reading('c/k1', 3000, 'smoke', 9)])).toEqual([]);
    expect(lines(late.evaluate([seen(2500)]))).toEqual(['raise g c/k1 [b1] 3000']);
    expect(lines(late.tick(60_000))).toEqual(['clear g c/k1 [b1] 7500']);
  });

  it('counts devices, members, or each member of each device', () => {
    const both = [reading('c/k1', 1, 'smoke', 9), reading('c/k1', 2, 'temperature', 60)];
    const raises = (more: Partial<GroupCondition>) =>
      detectorOf([aRule(group({ within: 'building', ...more }))]).evaluate([...both, reading('c/h', 3, 'smoke', 9)]);
    expect(lines(raises({ counting: 'device' }))).toEqual(['raise g c/h [b1] 3']);
    expect(lines(raises({ counting: 'member' }))).toEqual(['raise g c/k1 [b1] 2']);
    expect(lines(raises({ counting: 'each', atLeast: 3 }))).toEqual(['raise g c/h [b1] 3']);
    expect(raises({ counting: 'device', atLeast: 3 })).toEqual([]);
  });

  it('a device that is in no such area counts by itself', () => {
    const detector = detectorOf([aRule(group({ counting: 'each', within: 'room' }))]);
    expect(lines(detector.evaluate([reading('c/n', 1, 'smoke', 9), reading('c/n', 2, 'temperature', 60)]))).toEqual([
      'raise g c/n [] 2',
    ]);
  });

  it('alarmOn: one alarm on each device where this member stands alone, as long as it does', () => {
    const warm = { id: 'warm', condition: level('temperature', 30) };
    const smoke = { id: 'smoke', condition: level('smoke', 4) };
    const rule = aRule(group({ members: [smoke, warm], within: 'building', alarmOn: 'warm' }));
    const detector = detectorOf([rule]);
    expect(detector.evaluate([reading('c/h', 1, 'temperature', 31), reading('c/x', 1, 'temperature', 31)])).toEqual([]);
    // Where it burns is told by another rule; next door is what is new.
    expect(lines(detector.evaluate([reading('c/k1', 2, 'temperature', 40), reading('c/k1', 3, 'smoke', 9)]))).toEqual([
      'raise g c/h [] 3',
    ]);
    expect(lines(detector.evaluate([reading('c/k2', 4, 'temperature', 31)]))).toEqual(['raise g c/k2 [] 4']);
    expect(lines(detector.evaluate([reading('c/k1', 5, 'smoke', 0), reading('c/h', 6, 'smoke', 9)]))).toEqual([
      'raise g c/k1 [] 6',
    ]);
    expect(lines(detector.evaluate([reading('c/h', 7, 'temperature', 9)]))).toEqual(['clear g c/h [] 7']);
  });

  it('remembers a bounded number of them', () => {
    const many = new Map(Array.from({ length: 1000 }, (_, n) => [`c/d${n}`, places.get('c/k1')!] as const));
    const detector = detectorOf([aRule(group({ atLeast: 32, counting: 'device', within: 'building' }))], many);
    const all = [...many.keys()].map((id, n) => reading(id, n + 1, 'smoke', 9));
    expect(lines(detector.evaluate(all))).toEqual(['raise g c/d31 [b1] 32']);
    expect(JSON.stringify(detector.activeConditions()).length).toBeLessThan(mostEpisodes * 40);
  });
});

describe('what becomes of it when', () => {
  const rule = aRule(group({ counting: 'device', within: 'building' }));
  const burning = () => {
    const detector = detectorOf([rule]);
    detector.evaluate([reading('c/k1', 1, 'smoke', 9), reading('c/h', 2, 'smoke', 9)]);
    return detector;
  };

  it('the device it stands on is gone: it is over, or goes to another', () => {
    expect(lines(burning().forget('c/h'))).toEqual(['clear g c/h [b1] 3']);
    const three = burning();
    three.evaluate([reading('c/k2', 5, 'smoke', 9)]);
    expect(lines(three.forget('c/h'))).toEqual(['clear g c/h [b1] 3', 'raise g c/k2 [b1] 5']);
    expect(three.activeConditions()).toHaveLength(1);
  });

  it('a device is moved to another house, with what holds there', () => {
    const detector = burning();
    detector.evaluate([reading('c/x', 3, 'smoke', 9)]);
    const moved = new Map([['c/h', places.get('c/x')!]]);
    expect(lines(detector.setPlaces(moved, ['c/h']))).toEqual(['clear g c/h [b1] 3', 'raise g c/x [b2] 3']);
  });

  it('its rule is switched off, changed or changed beyond recognition', () => {
    expect(lines(burning().setRules([{ ...rule, enabled: false }]))).toEqual(['clear g c/h [b1] 3']);
    expect(burning().setRules([{ ...rule, version: 2 }])).toEqual([]);
    const three = { ...rule, condition: group({ counting: 'device', within: 'building', atLeast: 3 }) };
    expect(lines(burning().setRules([three]))).toEqual(['clear g c/h [b1] 3']);
    const other = { ...rule, condition: group({ counting: 'device', within: 'community' }) };
    expect(lines(burning().setRules([other]))).toEqual(['clear g c/h [b1] 3', 'raise g c/h [c] 2']);
  });

  it('what began it is over and forgotten: another member goes on, and it is one alarm', () => {
    const detector = detectorOf([aRule(group({ members, counting: 'device', within: 'device', atLeast: 1 }))]);
    const told = [
      detector.evaluate([reading('c/k1', 2, 'smoke', 9)]),
      detector.evaluate([reading('c/k1', 3, 'temperature', 90)]),
      detector.evaluate([reading('c/k1', 4, 'smoke', 0)]),
      detector.tick(900_000),
      detector.evaluate([reading('c/k1', 900_001, 'temperature', 0)]),
    ];
    expect(lines(told.flat())).toEqual(['raise g c/k1 [] 2', 'clear g c/k1 [] 900001']);
  });

  it('the process starts again, though readings no longer tell how the members began', () => {
    const [standing] = burning().activeConditions();
    const open = { ...standing!, domain: 'fire', severity: 'extreme' as const, workOrder: true };
    const started = detectorOf([rule]);
    // Between the levels: it neither begins nor ends.
    started.evaluate([reading('c/k1', 9, 'smoke', 3), reading('c/h', 9, 'smoke', 3)]);
    expect(adopt(started, [open])).toEqual([]);
    expect(lines(started.activeConditions())).toEqual(['raise g c/h [b1] 2']);
    expect(lines(started.evaluate([reading('c/k1', 10, 'smoke', 0)]))).toEqual(['clear g c/h [b1] 10']);
    // A rule of the same condition whose alarm stands tells as much.
    const own: Rule = { ...rule, id: 'own', condition: level('smoke', 4) };
    const again = detectorOf([rule, own]);
    again.evaluate([reading('c/k1', 9, 'smoke', 3)]);
    adopt(again, [{ ...open, deviceId: 'c/k1', ruleId: 'own', subject: '', at: 1, cause: {} }]);
    expect(lines(again.evaluate([reading('c/h', 11, 'smoke', 9)]))).toContain('raise g c/h [b1] 11');
    // Though one device shows twenty signs before the second shows one.
    const signs = Array.from({ length: 16 }, (_, n) => ({ id: `m${n}`, condition: level(`metric${n}`, 4) }));
    const full = aRule(group({ members: signs, counting: 'device', within: 'building' }));
    const many = detectorOf([full]);
    many.evaluate(signs.map((_, n) => reading('c/k1', n + 1, `metric${n}`, 9)));
    many.evaluate([reading('c/h', 20, 'metric0', 9)]);
    const [stands] = many.activeConditions();
    const later = detectorOf([full]);
    expect(adopt(later, [{ ...open, ...stands! }])).toEqual([]);
    expect(lines(later.activeConditions())).toEqual(['raise g c/h [b1] 20']);
    // And one whose rule is gone is over.
    expect(lines(adopt(detectorOf([own]), [open]))).toEqual(['clear g c/h [b1] 3']);
  });
});

describe('where a rule applies', () => {
  const to = (appliesTo: Rule['appliesTo']) => {
    const detector = detectorOf([aRule(level('smoke', 4), { id: 'r', appliesTo })]);
    const all = ['c/k1', 'c/k2', 'c/h', 'c/x', 'c/n'].map((id, n) => reading(id, n + 1, 'smoke', 9));
    return detector.evaluate(all).map(({ deviceId }) => deviceId);
  };

  it('areas, devices, labels: one of them is enough; of whom nothing is known only those that are named', () => {
    expect(to(undefined)).toEqual(['c/k1', 'c/k2', 'c/h', 'c/x', 'c/n']);
    expect(to({ areaIds: ['b1'] })).toEqual(['c/k1', 'c/k2', 'c/h']);
    expect(to({ areaIds: ['hall'], labels: ['stove'] })).toEqual(['c/k1', 'c/h']);
    expect(to({ deviceIds: ['c/n'] })).toEqual(['c/n']);
  });

  it('follows the device: moved out of reach its condition is over, moved back it is judged again', () => {
    const detector = detectorOf([aRule(level('smoke', 4), { id: 'r', appliesTo: { labels: ['stove'] } })]);
    detector.evaluate([reading('c/k1', 1, 'smoke', 9)]);
    const without = new Map([['c/k1', { ...places.get('c/k1')!, labels: [] }]]);
    expect(lines(detector.setPlaces(without, ['c/k1']))).toEqual(['clear r c/k1 [] 2']);
    expect(detector.evaluate([reading('c/k1', 3, 'smoke', 9)])).toEqual([]);
    expect(detector.setPlaces(places, ['c/k1'])).toEqual([]);
    expect(lines(detector.evaluate([reading('c/k1', 4, 'smoke', 9)]))).toEqual(['raise r c/k1 [] 4']);
  });
});

it('refuses a group that cannot be, and says what to do', () => {
  const problem = (more: Partial<GroupCondition>) =>
    ruleSchema.safeParse(aRule(group(more))).error?.issues.map(({ path }) => path.join('.'));
  expect(problem({})).toBeUndefined();
  expect(problem({ members: [members[0]!, members[0]!] })).toEqual(['condition.members']);
  expect(problem({ atLeast: 3 })).toEqual(['condition.atLeast']);
  expect(problem({ counting: 'device' })).toEqual(['condition.counting']);
  expect(problem({ alarmOn: 'nobody' })).toEqual(['condition.alarmOn']);
  expect(problem({ members: [{ id: 'a', condition: group({}) as never }] })).not.toBeUndefined();
});
