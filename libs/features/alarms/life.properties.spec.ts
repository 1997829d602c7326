import { compareSeverity, isLifeSafety, isSilenced, type Severity, shelvingLimits } from '@sc/contracts';
import fc from 'fast-check';
import { nextState } from './machine.js';
import type { Moving, Step } from './moving.js';
import { moveByPerson, type PersonsMove } from './persons-moves.js';
import type { InForce } from './settle.js';
import { type AlarmFacts } from './publish.js';
import { Bench } from './bench.js';
import type { ToldStep } from './ledger.js';
import { type Change, tell } from './story.js';

const minute = 60_000;
const person = { kind: 'person' as const, id: 'p' };
const rules = {
  smouldering: { severity: 'moderate', workOrder: true, latching: false, suppressionGroup: 'fire' },
  burning: { severity: 'extreme', workOrder: true, latching: true, suppressionGroup: 'fire' },
  door: { severity: 'minor', workOrder: false, latching: false, suppressionGroup: null },
} as const;
type RuleId = keyof typeof rules;
const ruleIds = Object.keys(rules) as RuleId[];
const factsOf = (ruleId: RuleId) => ({ deviceId: 'c/d', ruleId, subject: '' }) as AlarmFacts;

/** One device, its alarms and what silences them: everything the database would keep. */
class World {
  now = 0;
  readonly alarms = new Map<string, Moving>();
  readonly story: ToldStep[] = [];
  windows: InForce['windows'] = [];
  outOfService: InForce['outOfService'] = [];
  private ids = 0;

  latest(ruleId: RuleId): Moving | undefined {
    return [...this.alarms.values()].filter((alarm) => alarm.ruleId === ruleId).at(-1);
  }

  happen(changes: readonly Change[]): void {
    const bench = this.bench();
    const told: ToldStep[] = [];
    for (const ruleId of ruleIds) {
      const own = changes.filter((change) => change.ruleId === ruleId).toSorted((a, b) => a.at - b.at);
      const story = tell(this.latest(ruleId), own, rules[ruleId], () => `${(this.ids += 1)}`, this.now);
      if (story.updated) bench.change(story.updated);
      if (story.created) bench.add(story.created, factsOf(ruleId));
      for (const step of story.steps) told.push({ step, facts: factsOf(ruleId), actor: person });
    }
    this.keep(bench, told);
  }

  ask(ruleId: RuleId, move: PersonsMove): void {
    const alarm = this.latest(ruleId);
    const outcome = alarm && moveByPerson(alarm, move, person, this.now);
    if (!outcome || 'refused' in outcome) return;
    const bench = this.bench();
    bench.change(outcome.after);
    this.keep(bench, [{ step: outcome.step, facts: factsOf(ruleId), actor: person, note: 'n' }]);
  }

  settle(): void {
    this.keep(this.bench(), []);
  }

  private bench(): Bench {
    const alarms = [...this.alarms.values()].map((alarm) => ({
      ...factsOf(alarm.ruleId as RuleId),
      alarm,
      facts: factsOf(alarm.ruleId as RuleId),
    }));
    return new Bench({ alarms, inForce: () => ({ windows: this.windows, outOfService: this.outOfService }) });
  }

  private keep(bench: Bench, told: ToldStep[]): void {
    const steps = bench.settle(this.now, told);
    for (const alarm of bench.updated) this.alarms.set(alarm.id, alarm);
    for (const { alarm } of bench.created) this.alarms.set(alarm.id, alarm);
    this.story.push(...steps);
  }
}

const anyRule = fc.constantFrom(...ruleIds);
const grave = fc.constantFrom<Severity>('minor', 'severe', 'extreme');
const anyChange = fc.record({
  kind: fc.constantFrom<Change['kind']>('raise', 'raise', 'clear', 'escalate'),
  ruleId: anyRule,
  at: fc.integer({ min: 1, max: 40 }),
  level: fc.option(
    grave.map((severity) => ({ severity, workOrder: true })),
    { nil: undefined },
  ),
});
const toChange = ({ level, ...change }: Omit<Change, 'deviceId' | 'subject' | 'ruleVersion' | 'cause'>): Change => ({
  ...change,
  deviceId: 'c/d',
  subject: '',
  ruleVersion: 1,
  cause: { at: change.at },
  // Only a begin or a rise says how grave it is.
  ...(level && change.kind !== 'clear' ? { level } : {}),
});
const anyMove = fc.oneof(
  fc.constantFrom<PersonsMove>(
    { action: 'acknowledge' },
    { action: 'unshelve' },
    { action: 'comment' },
    { action: 'resolve' },
    { action: 'judge', judgement: 'false' },
    { action: 'assign', assigneeId: 'p' },
  ),
  fc.record({
    action: fc.constant('shelve' as const),
    until: fc.integer({ min: 0, max: 500 * minute }),
    reason: fc.constant('r'),
  }),
);
type Deed = (world: World) => void;
const window = (lifeSafety: boolean) => (world: World) => {
  world.windows = [{ id: 'w', until: world.now + 60 * minute, lifeSafety, reason: 'r', by: 'p' }];
  world.settle();
};
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(anyChange, { minLength: 1, maxLength: 4 }).map(
      (all): Deed =>
        (world) =>
          world.happen(all.map(toChange)),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(anyRule, anyMove).map(
      ([ruleId, move]): Deed =>
        (world) =>
          world.ask(ruleId, move.action === 'shelve' ? { ...move, until: world.now + move.until } : move),
    ),
  },
  fc.integer({ min: 1, max: 90 }).map((minutes): Deed => (world) => {
    world.now += minutes * minute;
    world.settle();
  }),
  // The end of something, and its job late or lost: the next thing that happens settles it.
  fc.integer({ min: 1, max: 90 }).map(
    (minutes): Deed =>
      (world) =>
        void (world.now += minutes * minute),
  ),
  fc.constantFrom<Deed>(window(false), window(true), (world) => {
    world.windows = [];
    world.settle();
  }),
  fc.constantFrom<Deed>(
    ...[null, 'door' as const].map((ruleId): Deed => (world) => {
      world.outOfService = [{ ruleId, reason: 'r', by: 'p' }];
      world.settle();
    }),
    (world) => {
      world.outOfService = [];
      world.settle();
    },
  ),
);
const anyLife = fc.array(anyDeed, { maxLength: 40 });
const live = (deeds: readonly Deed[], after?: Deed): World => {
  const world = new World();
  for (const deed of deeds) {
    deed(world);
    after?.(world);
  }
  return world;
};

const begins = { 'suppressed-by-design': 'suppress', 'out-of-service': 'take-out-of-service' } as const;

/** The step is one of the machine's, or a begin under a silence: two of them in one. */
function isLegal({ action, fromState, toState }: Step): boolean {
  const from = fromState ?? 'normal';
  const standings = [true, false].flatMap((conditionActive) =>
    [true, false].map((latching) => ({ conditionActive, latching })),
  );
  if (standings.some((standing) => nextState(from, action, standing) === toState)) return true;
  if (action !== 'raise' || !(toState in begins)) return false;
  return nextState(from, begins[toState as keyof typeof begins], standings[0]!) === toState;
}

describe('the life of alarms', () => {
  it('makes only moves of the machine, each from the state the last one led to', () => {
    fc.assert(
      fc.property(anyLife, (deeds) => {
        const { story, alarms } = live(deeds);
        const states = new Map<string, string | null>();
        for (const { step } of story) {
          expect([step, isLegal(step)]).toEqual([step, true]);
          expect(step.fromState).toBe(states.get(step.alarmId) ?? null);
          states.set(step.alarmId, step.toState);
        }
        for (const alarm of alarms.values()) expect(states.get(alarm.id)).toBe(alarm.state);
      }),
    );
  });

  it('has one open alarm of each condition, silenced if and only if its state says so', () => {
    fc.assert(
      fc.property(anyLife, (deeds) => {
        live(deeds, ({ alarms }) => {
          const open = [...alarms.values()].filter(({ state }) => state !== 'normal');
          expect(new Set(open.map(({ ruleId }) => ruleId)).size).toBe(open.length);
          for (const alarm of alarms.values()) {
            expect([alarm.state, alarm.silence !== null]).toEqual([alarm.state, isSilenced(alarm.state)]);
            // What holds is open, and what is back to normal does not hold.
            if (alarm.state === 'normal') expect(alarm.conditionActive).toBe(false);
          }
        });
      }),
    );
  });

  it('counts every begin, keeps when it was first and last seen, and every note', () => {
    fc.assert(
      fc.property(anyLife, (deeds) => {
        const { alarms, story } = live(deeds);
        for (const alarm of alarms.values()) {
          const own = story.map(({ step }) => step).filter(({ alarmId }) => alarmId === alarm.id);
          const raises = own.filter(({ action }) => action === 'raise');
          expect(alarm.occurrences).toBe(raises.length);
          expect(alarm.raisedAt).toBe(raises[0]?.at);
          expect(alarm.lastSeenAt).toBeGreaterThanOrEqual(raises.at(-1)!.at);
        }
        for (const { step, note } of story) if (step.action === 'comment') expect(note).toBe('n');
      }),
    );
  });

  it('shelves life safety never beyond its limit, however often it is asked', () => {
    fc.assert(
      fc.property(anyLife, (deeds) => {
        live(deeds, ({ alarms, windows, story }) => {
          for (const { id, severity, state, silence, shelvedMs } of alarms.values()) {
            if (!isLifeSafety(severity)) continue;
            const running = state === 'shelved' && silence?.until ? silence.until - silence.at : 0;
            const ever = story.find(({ step }) => step.alarmId === id)?.step.severity === 'extreme';
            // What it was shelved for as something lesser does not count: by becoming graver it broke through.
            expect((ever ? shelvedMs : 0) + running).toBeLessThanOrEqual(shelvingLimits.extreme.longestMs);
            const own = windows.find((one) => one.id === silence?.window);
            if (own) expect(own.lifeSafety).toBe(true);
          }
        });
      }),
    );
  });

  it('hides an alarm only behind one of its group that is at least as grave, holds and is shown', () => {
    fc.assert(
      fc.property(anyLife, (deeds) => {
        live([...deeds, (world) => world.settle()], (world) => {
          world.settle();
          for (const alarm of world.alarms.values()) {
            const leader = alarm.silence?.alarm ? world.alarms.get(alarm.silence.alarm) : undefined;
            if (!alarm.silence?.alarm) continue;
            expect(leader).toMatchObject({ conditionActive: true, suppressionGroup: alarm.suppressionGroup });
            expect(isSilenced(leader!.state)).toBe(false);
            if (alarm.conditionActive) expect(compareSeverity(leader!.severity, alarm.severity)).toBeLessThanOrEqual(0);
          }
        });
      }),
    );
  });

  it('stands, when every silence has ended, as its condition says', () => {
    fc.assert(
      fc.property(anyLife, (deeds) => {
        const world = live(deeds);
        const before = new Map([...world.alarms].map(([id, { state }]) => [id, state]));
        Object.assign(world, { windows: [], outOfService: [], now: world.now + 1000 * minute });
        world.settle();
        for (const alarm of world.alarms.values()) {
          if (!isSilenced(before.get(alarm.id)!) || alarm.silence?.alarm) continue;
          const over = alarm.latching ? 'returned-unacknowledged' : 'normal';
          expect(alarm.state).toBe(alarm.conditionActive ? 'unacknowledged' : over);
        }
        const settled = structuredClone([...world.alarms]);
        const told = world.story.length;
        world.settle();
        expect([[...world.alarms], world.story.length]).toEqual([settled, told]);
      }),
    );
  });

  it('is not changed by changes that are told again, nor by their order within a batch', () => {
    fc.assert(
      fc.property(
        anyLife,
        fc.uniqueArray(anyChange, { maxLength: 12, selector: ({ at, ruleId }) => `${at} ${ruleId}` }),
        (deeds, last) => {
          const [forth, back] = [live(deeds), live(deeds)];
          const changes = last.map(toChange);
          forth.happen(changes);
          back.happen(changes.toReversed());
          const stripped = (world: World) =>
            [...world.alarms.values()]
              .map(({ id: _, silence, ...alarm }) => ({ ...alarm, silenced: silence !== null }))
              .toSorted((a, b) => (a.ruleId < b.ruleId ? -1 : 1));
          expect(stripped(back)).toEqual(stripped(forth));
          const told = forth.story.length;
          forth.happen(changes);
          expect(forth.story.length).toBe(told);
        },
      ),
    );
  });
});
