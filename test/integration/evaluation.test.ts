import { randomUUID } from 'node:crypto';
import {
  type Evaluation,
  type EvaluationFigureCode,
  evaluationFigureCodes,
  evaluationSchema,
  type EvaluationValue,
} from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { systemClock } from '@sc/platform/clock';
import { json } from '@sc/platform/database';
import fc from 'fast-check';
import { sql } from 'kysely';
import { pino } from 'pino';
import { SettledCases } from '../../libs/features/evaluation/settled-cases.js';
import { aDevice } from '../support/builders.js';
import { type CaseLife, lifeOf, writeLives } from '../support/case-lives.js';
import { writeVoices } from '../support/case-voices.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { slowFigures } from '../support/slow-evaluation.js';

const minute = 60_000;
const begin = Date.UTC(2026, 2, 2);
const iso = (ms: number) => new Date(ms).toISOString();

let gateway: TestGateway;
const ids: Record<string, string> = {};
const cookies: Record<string, string> = {};

async function ask(login: string, more: Record<string, string> = {}): Promise<Evaluation> {
  const query = new URLSearchParams({ by: 'grid', from: iso(begin), to: iso(begin + 30 * 86_400_000), ...more });
  const { status, body } = await gateway.call('GET', `evaluation?${query}`, { cookie: cookies[login]! });
  expect(status).toBe(200);
  return evaluationSchema.parse(body);
}

/** As if the job had run since the beginning: it goes on from the newest that it kept. */
async function keepSettled(): Promise<void> {
  const { db } = gateway.database;
  await db.deleteFrom('caseFacts').execute();
  const settled = new SettledCases(db, systemClock, pino({ level: 'silent' }));
  while (await settled.sweepOnce());
}

const life = (
  more: Partial<Parameters<typeof lifeOf>[0]>,
  choices: [number, number][],
  limit: number | null = 60,
): CaseLife =>
  lifeOf(
    { createdAt: begin, areaId: 'g1', category: 'hand', source: 'person', handlerId: ids['ann']!, score: 5, ...more },
    choices,
    limit,
  );

beforeAll(async () => {
  gateway = await startGateway();
  for (const [login, role, areaId] of [
    ['ann', 'officer', 'g1'],
    ['bob', 'officer', 'g2'],
    ['meg', 'manager', 'c1'],
    ['max', 'manager', 'c1'],
    ['gus', 'manager', 'g2'],
    ['boss', 'admin', 'd1'],
    ['oli', 'operator', 'c1'],
  ] as const) {
    ids[login] = (await gateway.person(login, role, areaId)).id;
    cookies[login] = await gateway.login(login);
  }
  // By hand: dispatched after 1 minute, accepted after 2, started, reported after 30, verified, closed, evaluated.
  await writeLives(gateway.database.db, [
    life({}, [
      [0, 1],
      [0, 2],
      [0, 0],
      [0, 30],
      [0, 5],
      [0, 1],
      [0, 9],
    ]),
    // Accepted after 90 minutes (late), handled in 20, suspended for 40 of them, closed.
    life({}, [
      [0, 1],
      [0, 90],
      [0, 0],
      [3, 10],
      [0, 40],
      [0, 10],
      [0, 5],
      [0, 1],
      [0, 1],
    ]),
    // Sent back once, then right; scored 2.
    life({ score: 2 }, [
      [0, 10],
      [0, 4],
      [0, 0],
      [0, 10],
      [3, 5],
      [0, 5],
      [0, 5],
      [0, 1],
      [0, 1],
    ]),
    // Voided; and one of bob's that is open and overdue since long.
    life({}, [
      [0, 1],
      [9, 1],
    ]),
    life({ handlerId: ids['bob']!, areaId: 'g2' }, [
      [0, 1],
      [0, 3],
      [0, 0],
    ]),
  ]);
}, 60_000);
afterAll(() => gateway.stop(), 60_000);

describe('the figures', () => {
  it('are those of a month that was counted by hand', async () => {
    const { rows, total, definitions, own } = await ask('meg');
    expect(own).toBe(false);
    expect(rows.map(({ key, values }) => [key, values.count?.value])).toEqual([
      ['g1', 4],
      ['g2', 1],
    ]);
    const g1 = rows[0]!.values;
    const expected: Partial<Record<EvaluationFigureCode, EvaluationValue>> = {
      count: { value: 4, of: 4 },
      open: { value: 0, of: 4 },
      overdue: { value: 1, of: 3 },
      'on-time-registration': { value: null, of: 0 },
      'accurate-registration': { value: 3 / 4, of: 4 },
      // The one that was sent back had waited ten minutes to be given to somebody.
      'on-time-dispatch': { value: 2 / 3, of: 3 },
      'accurate-dispatch': { value: 2 / 3, of: 3 },
      'on-time-handling': { value: 1, of: 3 },
      'on-time-closing': { value: 2 / 3, of: 3 },
      'rework-rate': { value: 1 / 3, of: 3 },
      'response-rate': { value: 2 / 3, of: 3 },
      'solved-rate': { value: 1, of: 3 },
      'satisfied-rate': { value: 2 / 3, of: 3 },
      score: { value: 4, of: 3 },
      returned: { value: 0, of: 3 },
    };
    expect(g1).toMatchObject(expected);
    // 2, 4 and 90 minutes; 20, 20 and 30 of handling, of which 40 suspended are no part.
    expect(g1['accept-median']!.value).toBeCloseTo(4 * 60, 0);
    expect(g1['accept-p90']!.value).toBeCloseTo(90 * 60, 0);
    expect(g1['handle-median']!.value).toBeCloseTo(20 * 60, 0);
    expect(g1['handle-p90']!.value).toBeCloseTo(30 * 60, 0);
    expect(g1.suspended).toMatchObject({ of: 1 });
    expect(g1.suspended!.value).toBeCloseTo(40 * 60, 0);
    // Open and past its limit: due, not solved, not in time.
    expect(rows[1]!.values).toMatchObject({
      overdue: { value: 1, of: 1 },
      'on-time-handling': { value: 0, of: 1 },
      'solved-rate': { value: 0, of: 1 },
      'rework-rate': { value: null, of: 0 },
      'handle-median': { value: null, of: 0 },
    });
    expect(total.values.count).toEqual({ value: 5, of: 5 });
    expect(definitions.map(({ code }) => code)).toEqual(evaluationFigureCodes);
    expect(definitions.every(({ formula, source }) => formula.en && formula['zh-CN'] && source)).toBe(true);
  });

  it('stand in the table as they stand in the answer, each with its definition', async () => {
    const path = `evaluation/csv?by=grid&from=${iso(begin)}&to=${iso(begin + 86_400_000)}`;
    const { status, body, headers } = await gateway.call('GET', path, { cookie: cookies['meg']! });
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain('evaluation-grid-c1-2026-03-02.csv');
    const lines = String(body).split('\r\n');
    expect(lines.find((line) => line.startsWith('g1,') && line.includes('rework-rate'))).toMatch(/0\.3333,3,yes,share/);
    expect(lines.find((line) => line.startsWith('g2,') && line.includes('rework-rate'))).toMatch(/,,0,,share/);
  });

  it('of two periods stand side by side, also where one of them has nothing', async () => {
    const second = { compareFrom: iso(begin - 86_400_000), compareTo: iso(begin) };
    const { rows, total } = await ask('meg', { by: 'month', ...second });
    expect(rows.map(({ key }) => key)).toEqual(['2026-03']);
    expect(rows[0]!.compared!['accurate-registration']).toEqual({ value: null, of: 0 });
    expect(total.compared!.count).toEqual({ value: 0, of: 0 });
    const half = await gateway.call(
      'GET',
      `evaluation?by=grid&from=${iso(begin)}&to=${iso(begin + 1)}&compareFrom=${iso(begin)}`,
      {
        cookie: cookies['meg']!,
      },
    );
    expect(half.status).toBe(400);
  });
});

it('measure registration from the newest telling of the alarm, and only of cases that an alarm began', async () => {
  const { db } = gateway.database;
  const alarmId = randomUUID();
  const moment = new Date(begin);
  const rule = domainByName('fire')!.rules[0]!;
  await db
    .insertInto('rules')
    .values({ id: rule.id, version: 1, domain: 'fire', enabled: true, updatedAt: moment, definition: json(rule) })
    .execute();
  await db
    .insertInto('alarms')
    .values({
      id: alarmId,
      deviceId: await aDevice(db),
      ruleId: rule.id,
      ruleVersion: 1,
      domain: 'fire',
      areaId: 'r1',
      state: 'unacknowledged',
      conditionActive: true,
      severity: 'extreme',
      urgency: 'immediate',
      certainty: 'likely',
      workOrder: true,
      cause: json({}),
      raisedAt: moment,
      lastSeenAt: moment,
      lastTransitionAt: moment,
      createdAt: moment,
    })
    .execute();
  const told = [0, 60, 200].map((after) => new Date(begin + after * minute));
  await db
    .insertInto('alarmSteps')
    .values(
      told.map((at) => ({
        id: randomUUID(),
        alarmId,
        at,
        recordedAt: at,
        action: 'raise',
        fromState: null,
        toState: 'unacknowledged',
        actorKind: 'system' as const,
        actorId: 'detection',
        data: json({}),
      })),
    )
    .execute();
  // Four minutes after the second telling, and ten after the third.
  const lives = [64, 210].map((after) =>
    life({ createdAt: begin + after * minute, source: 'alarm', category: 'told' }, []),
  );
  for (const { steps } of lives) steps[0]!.data = { alarmId };
  await writeLives(db, [...lives, life({ category: 'told' }, [])]);
  const { total } = await ask('meg', { category: 'told' });
  expect(total.values['on-time-registration']).toEqual({ value: 1 / 2, of: 2 });
});

describe('whose figures', () => {
  const people = async (login: string, more = {}) =>
    (await ask(login, { by: 'person', ...more })).rows.flatMap(({ key }) => key ?? []);

  it('of a person are for themselves and for those who answer for them', async () => {
    const [ann, bob] = [ids['ann'], ids['bob']];
    expect(await people('ann')).toEqual([ann]);
    expect(await people('bob')).toEqual([bob]);
    expect(await people('oli')).toEqual([]);
    expect(await people('meg')).toEqual([ann, bob]);
    expect(await people('gus')).toEqual([bob]);
    expect(await people('boss')).toEqual([ann, bob]);
  });

  it('are one’s own for who does not answer for others, whatever they are put side by side by', async () => {
    const { total, own } = await ask('ann', { by: 'grid' });
    expect(own).toBe(true);
    // not the one that was voided before anybody had accepted it
    expect(total.values.count!.value).toBe(3);
    expect((await ask('oli', { by: 'community' })).total.values.count!.value).toBe(0);
  });

  it('are not told to a manager beside, and not out of sight', async () => {
    await writeLives(gateway.database.db, [
      life({ handlerId: ids['meg']!, category: 'beside' }, [
        [0, 1],
        [0, 1],
      ]),
    ]);
    expect(await people('max', { category: 'beside' })).toEqual([]);
    expect(await people('meg', { category: 'beside' })).toEqual([ids['meg']]);
    expect(await people('boss', { category: 'beside' })).toEqual([ids['meg']]);
    const path = `evaluation?by=grid&areaId=g1&from=${iso(begin)}&to=${iso(begin + 1)}`;
    expect((await gateway.call('GET', path, { cookie: cookies['gus']! })).status).toBe(404);
  });
});

it('rest on what is kept of a case only while it stands as it did then; one that is suspended is always read', async () => {
  const { db } = gateway.database;
  const lives = [
    life({ category: 'settled' }, Array(9).fill([0, 1])),
    life({ category: 'settled' }, [
      [0, 1],
      [0, 1],
      [0, 1],
      [3, 1],
    ]),
  ];
  await writeLives(db, lives);
  await keepSettled();
  const [ended, open] = lives.map(({ id }) => id);
  const kept = await db
    .selectFrom('caseFacts')
    .select('workOrderId')
    .where('workOrderId', 'in', [ended!, open!])
    .execute();
  expect(kept.map(({ workOrderId }) => workOrderId)).toEqual([ended]);
  const reworked = async () => (await ask('boss', { category: 'settled' })).total.values['rework-rate'];
  expect(await reworked()).toEqual({ value: 0, of: 1 });
  await db.updateTable('caseFacts').set({ wasReworked: true }).where('workOrderId', '=', ended!).execute();
  expect(await reworked()).toEqual({ value: 1, of: 1 });
  await sql`update work_orders set updated_at = updated_at + interval '1 second' where id = ${ended}`.execute(db);
  expect(await reworked()).toEqual({ value: 0, of: 1 });
});

it('say what residents think of a case only with five ratings, and count an answer from what was asked', async () => {
  const { db } = gateway.database;
  const closed = Array(9).fill([0, 1]) as [number, number][];
  const rated = (ratings: number[], more: Partial<CaseLife> = {}) =>
    life(
      { category: 'rated', source: 'resident', residents: { ratings, reopened: false, answeredAfterMs: [] }, ...more },
      closed,
    );
  const first = [rated([1, 2, 5]), rated([1])];
  await writeLives(db, first);
  await writeVoices(db, first, ids['oli']!);
  const values = async () => (await ask('boss', { category: 'rated' })).total.values;
  expect((await values())['resident-score']).toEqual({ value: null, of: 4 });
  expect((await values())['resident-ratings']).toEqual({ value: 4, of: 2 });
  const again = rated([5], { residents: { ratings: [5], reopened: true, answeredAfterMs: [] } });
  // Nobody of the staff asked first: what they said before a resident spoke is no answer.
  const asked = rated([], {
    source: 'person',
    residents: { ratings: [], reopened: false, answeredAfterMs: [60_000, 7_200_000] },
  });
  await writeLives(db, [again, asked]);
  await writeVoices(db, [again, asked], ids['oli']!);
  const [link] = await db.selectFrom('residentLinks').select('id').where('workOrderId', '=', asked.id).execute();
  await db
    .insertInto('residentMessages')
    .values({
      id: randomUUID(),
      workOrderId: asked.id,
      linkId: link!.id,
      kind: 'reply',
      at: new Date(begin + 3_600_000),
      requestId: 'reply',
    })
    .execute();
  const now = await values();
  expect(now['resident-score']).toEqual({ value: 14 / 5, of: 5 });
  expect(now['reopened-rate']).toEqual({ value: 0.25, of: 4 });
  expect(now['answer-median']).toEqual({ value: 3600, of: 1 });
  // The score of evaluation is another one, and stays.
  expect(now['score']).toEqual({ value: 5, of: 4 });
  const csv = await gateway.call(
    'GET',
    `evaluation/csv?${new URLSearchParams({ by: 'grid', category: 'rated', from: iso(begin), to: iso(begin + 30 * 86_400_000) })}`,
    {
      cookie: cookies['boss']!,
    },
  );
  expect(String(csv.body)).toContain('resident-score');
});

it('are those of a slow count by hand, whatever happened to the cases', async () => {
  let run = 0;
  const choices = fc.array(fc.tuple(fc.nat(100), fc.nat(120)), { maxLength: 14 });
  const lives = fc.array(
    fc.record({
      choices,
      limit: fc.option(fc.integer({ min: 1, max: 180 })),
      grid: fc.constantFrom('g1', 'g2'),
      who: fc.constantFrom('ann', 'bob'),
      score: fc.integer({ min: 1, max: 5 }),
      after: fc.nat(20_000),
      residents: fc.option(
        fc.record({
          ratings: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
          reopened: fc.boolean(),
          answeredAfterMs: fc.array(fc.nat(9_000_000), { maxLength: 2 }),
        }),
        { nil: undefined },
      ),
    }),
    { minLength: 1, maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(lives, async (drawn) => {
      const category = `run-${(run += 1)}`;
      const all = drawn.map(({ choices: chosen, limit, grid, who, score, after, residents }) => {
        const [createdAt, handlerId, source] = [
          begin + after * minute,
          ids[who]!,
          residents ? 'resident' : 'person',
        ] as const;
        return lifeOf({ createdAt, areaId: grid, category, source, handlerId, score, residents }, chosen, limit);
      });
      await writeLives(gateway.database.db, all);
      await writeVoices(gateway.database.db, all, ids['oli']!);
      // read step by step, and as it is kept
      for (const [by, kept] of [
        ['grid', false],
        ['person', true],
        ['grid', true],
      ] as const) {
        if (kept) await keepSettled();
        const answer = await ask('boss', { by, category });
        const now = Date.parse(answer.at);
        const keyOf = (one: CaseLife) => (by === 'grid' ? one.areaId : one.handlerId);
        for (const { key, values } of answer.rows) {
          const expected = slowFigures(
            all.filter((one) => keyOf(one) === key),
            now,
            { byPerson: by === 'person' },
          );
          for (const code of evaluationFigureCodes) {
            expect([code, values[code]!.of]).toEqual([code, expected[code].of]);
            const [got, want] = [values[code]!.value, expected[code].value];
            if (got === null || want === null) expect([code, got]).toEqual([code, want]);
            else expect(Math.abs(got - want)).toBeLessThan(0.01);
          }
        }
        expect(answer.total.values.count!.value).toBe(all.length);
      }
    }),
    { numRuns: 12 },
  );
}, 60_000);
