import { vi } from 'vitest';
import { domains } from '@sc/domains';
import { AlarmReconciler, AlarmWriter } from '@sc/features/alarms';
import { DetectionEngine, type DetectionInput, RuleStore } from '@sc/features/detection';
import type { Person, Rule, RuleDetail } from '@sc/contracts';
import { systemIds } from '@sc/platform/clock';
import { json, UnitOfWork } from '@sc/platform/database';
import { Wake } from '@sc/platform/jobs';
import { createLogger } from '@sc/platform/logging';
import type { DetectorOptions } from '../../libs/features/detection/detector.js';
import { writeTrouble } from '../../libs/features/detection/guard/write-trouble.js';
import { RuleRefresher } from '../../libs/features/detection/rule-refresher.js';
import { RulesService } from '../../libs/features/detection/rules/rules.service.js';
import { FakeClock } from '../../libs/platform/clock/fake-clock.js';
import { up as sourceTexts } from '../../libs/platform/database/migrations/0039-rule-source-texts.js';
import { aDevice } from '../support/builders.js';
import { waitUntil } from '../support/wait.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

const logger = createLogger('silent');
let gateway: TestGateway;
let store: RuleStore;
let unitOfWork: UnitOfWork;
let clock: FakeClock;
const cookies: Record<string, string> = {};

const ruleOf = (id: string): Rule => {
  const rule = domains.flatMap((domain) => domain.rules).find((one) => one.id === id);
  if (!rule) throw new Error(id);
  return rule;
};
/** As a person sends it: without its version. */
const draftOf = (id: string, change: object = {}) => {
  const { version: _, ...draft } = ruleOf(id);
  return { ...draft, ...change };
};
const as = (who: string, method: string, path: string, body?: unknown) =>
  gateway.call(method, path, { cookie: cookies[who] ?? '', ...(body === undefined ? {} : { body }) });
const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => `${status} ${body.code ?? ''}`.trim();
const trail = (ruleId: string) =>
  gateway.database.db
    .selectFrom('auditTrail')
    .selectAll()
    .where('subjectType', '=', 'rule')
    .where('subjectId', '=', ruleId)
    .orderBy('sequence')
    .execute();

beforeAll(async () => {
  gateway = await startGateway();
  const { db } = gateway.database;
  clock = new FakeClock(Date.now());
  unitOfWork = new UnitOfWork(db, clock, systemIds);
  store = new RuleStore(db, clock, logger, unitOfWork);
  await store.seedDefaults();
  await aDevice(db);
  const roots = await db.selectFrom('areas').select(['id', 'parentId']).orderBy('id').execute();
  const root = roots.find(({ parentId }) => parentId === null)!.id;
  const below = roots.find(({ parentId }) => parentId !== null)!.id;
  for (const [login, role, area] of [
    ['admin', 'admin', root],
    ['manager', 'manager', root],
    ['local', 'admin', below],
    ['operator', 'operator', root],
  ] as const) {
    await gateway.person(login, role, area);
    cookies[login] = await gateway.login(login);
  }
}, 60_000);
afterAll(() => gateway.stop(), 60_000);

describe('a rule of people', () => {
  const own = () => draftOf('sanitation-bin-full', { id: 'own-bin-full' });

  it('is added, edited, switched, restored; every version stays readable and every change is in the chain', async () => {
    const added = await as('manager', 'POST', 'rules', {
      rule: own(),
      copyOf: 'sanitation-bin-full',
      note: 'market day',
    });
    expect(added).toMatchObject({
      status: 201,
      body: { version: 1, status: { state: 'on', origin: 'own', openAlarms: 0 } },
    });

    const raised = { ...own(), condition: { ...own().condition, raiseAt: 90 } };
    expect(await as('manager', 'PUT', 'rules/own-bin-full', { rule: raised, basedOn: 1 })).toMatchObject({
      status: 200,
      body: { version: 2, condition: { raiseAt: 90 } },
    });
    // The same once more changes nothing.
    expect((await as('manager', 'PUT', 'rules/own-bin-full', { rule: raised, basedOn: 2 })).body.version).toBe(2);
    expect((await as('manager', 'POST', 'rules/own-bin-full/switch', { enabled: false })).body).toMatchObject({
      version: 3,
      enabled: false,
      status: { state: 'off' },
    });
    expect((await as('admin', 'POST', 'rules/own-bin-full/restore', { version: 1, basedOn: 3 })).body).toMatchObject({
      version: 4,
      enabled: false,
      condition: { raiseAt: 85 },
    });

    const { items } = (await as('operator', 'GET', 'rules/own-bin-full/versions')).body;
    expect(items.map((one: { version: number; definition: Rule }) => [one.version, one.definition.enabled])).toEqual([
      [4, false],
      [3, false],
      [2, true],
      [1, true],
    ]);
    expect(items[3]).toMatchObject({ note: 'market day', changedBy: { kind: 'person', name: 'Name of manager' } });

    const entries = await trail('own-bin-full');
    expect(entries.map(({ action }) => action)).toEqual([
      'rule.added',
      'rule.edited',
      'rule.switched-off',
      'rule.restored',
    ]);
    expect(entries[1]?.change).toMatchObject({
      before: { condition: { raiseAt: 85 } },
      after: { condition: { raiseAt: 90 } },
    });
    const events = await gateway.database.db
      .selectFrom('outbox')
      .select('payload')
      .where('type', '=', 'rule.changed.v1')
      .where('subjectId', '=', 'own-bin-full')
      .orderBy('position')
      .execute();
    expect(events.map(({ payload }) => payload['version'])).toEqual([1, 2, 3, 4]);
  });

  it('goes to who was faster: the other is told, and nothing is lost', async () => {
    const based = (await as('admin', 'GET', 'rules/own-bin-full')).body as RuleDetail;
    const put = (guidance: string) =>
      as('admin', 'PUT', 'rules/own-bin-full', {
        rule: { ...own(), guidance: { 'zh-CN': guidance, en: guidance } },
        basedOn: based.version,
      });
    const answers = await Promise.all(['a', 'b', 'c'].map(put));
    expect(answers.map(codeOf).toSorted()).toEqual(['200', '409 conflict', '409 conflict']);
  });

  it('is deleted while no alarm refers to it; a default never is, and its id begins anew where it ended', async () => {
    expect(codeOf(await as('admin', 'DELETE', 'rules/sanitation-bin-full'))).toBe('409 action-not-allowed');
    const { version } = (await as('admin', 'GET', 'rules/own-bin-full')).body;
    expect((await as('manager', 'DELETE', 'rules/own-bin-full')).status).toBe(204);
    expect(codeOf(await as('admin', 'GET', 'rules/own-bin-full'))).toBe('404 not-found');
    expect((await as('admin', 'POST', 'rules', { rule: own() })).body.version).toBe(version + 1);
    expect(codeOf(await as('admin', 'POST', 'rules', { rule: own() }))).toBe('409 already-exists');
    expect((await as('admin', 'DELETE', 'rules/own-bin-full')).status).toBe(204);
  });
});

describe('what may not be', () => {
  it('is refused with place, code and what is known instead, and nothing is kept', async () => {
    const rule = draftOf('sanitation-bin-full', {
      id: 'own-wrong',
      condition: { ...ruleOf('sanitation-bin-full').condition, metric: 'fill', raiseAt: 500 },
      appliesTo: { areaIds: ['nowhere'] },
    });
    const refused = await as('admin', 'POST', 'rules', { rule });
    expect(codeOf(refused)).toBe('422 invalid-rule');
    expect(refused.body.issues).toEqual([
      {
        path: 'condition.metric',
        code: 'unknown-metric',
        params: { metric: 'fill', known: expect.stringContaining('fillPercent') },
      },
      { path: 'appliesTo.areaIds[0]', code: 'unknown-area', params: { area: 'nowhere' } },
    ]);
    expect(codeOf(await as('admin', 'GET', 'rules/own-wrong'))).toBe('404 not-found');
    const renamed = draftOf('sanitation-bin-full', { id: 'other' });
    const { version } = ruleOf('sanitation-bin-full');
    expect(codeOf(await as('admin', 'PUT', 'rules/sanitation-bin-full', { rule: renamed, basedOn: version }))).toBe(
      '422 invalid-rule',
    );
    expect(codeOf(await as('admin', 'POST', 'rules', { rule: 'nonsense' }))).toBe('400 invalid-request');
  });

  it('is for whom: rules are of the whole site, those of life safety of administrators, and off needs a word', async () => {
    const off = { enabled: false };
    expect(codeOf(await as('operator', 'POST', 'rules/sanitation-bin-full/switch', off))).toBe('403 forbidden');
    expect(codeOf(await as('local', 'POST', 'rules/sanitation-bin-full/switch', off))).toBe('403 forbidden');
    for (const id of ['fire-smoke', 'sanitation-bin-burning']) {
      expect(codeOf(await as('manager', 'POST', `rules/${id}/switch`, { ...off, note: 'noise' }))).toBe(
        '403 forbidden',
      );
      expect(codeOf(await as('admin', 'POST', `rules/${id}/switch`, off))).toBe('422 note-required');
      expect((await as('admin', 'POST', `rules/${id}/switch`, { ...off, note: 'kitchen is rebuilt' })).status).toBe(
        200,
      );
      expect((await as('admin', 'POST', `rules/${id}/switch`, { enabled: true })).status).toBe(200);
    }
    // A manager does not get round it by making a rule of life safety, or by taking its severity away.
    expect(codeOf(await as('manager', 'POST', 'rules', { rule: draftOf('fire-smoke', { id: 'own-smoke' }) }))).toBe(
      '403 forbidden',
    );
    const tamed = draftOf('sanitation-bin-burning', { severity: 'minor' });
    const { version } = (await as('admin', 'GET', 'rules/sanitation-bin-burning')).body;
    expect(codeOf(await as('manager', 'PUT', 'rules/sanitation-bin-burning', { rule: tamed, basedOn: version }))).toBe(
      '403 forbidden',
    );
  });
});

describe('a newer default', () => {
  const olderSource = { 'zh-CN': '旧程序', en: 'the older program' };
  const older = async (id: string) => {
    // As the version of the program before would have left it.
    const definition = json({ ...ruleOf(id), source: olderSource });
    await gateway.database.db
      .updateTable('rules')
      .set({ defaultVersion: ruleOf(id).version - 1, definition })
      .where('id', '=', id)
      .execute();
  };

  it('replaces a rule that nobody changed, and is offered for one that somebody did', async () => {
    await older('parking-late');
    await older('water-leak');
    const changed = await as('admin', 'POST', 'rules/water-leak/switch', { enabled: false, note: 'pipes are changed' });
    expect(changed.body.status).toMatchObject({ origin: 'changed', newerDefault: ruleOf('water-leak').version });
    await store.seedDefaults();
    expect((await as('admin', 'GET', 'rules/parking-late')).body).toMatchObject({
      version: ruleOf('parking-late').version + 1,
      source: ruleOf('parking-late').source,
      status: { origin: 'default', newerDefault: null },
      default: null,
    });
    const offered = (await as('admin', 'GET', 'rules/water-leak')).body;
    expect(offered).toMatchObject({ source: olderSource, default: { source: ruleOf('water-leak').source } });
    // Taken, it is still off: who switched it off did so for a reason.
    const body = { version: 'default', basedOn: offered.version };
    expect((await as('admin', 'POST', 'rules/water-leak/restore', body)).body).toMatchObject({
      enabled: false,
      source: ruleOf('water-leak').source,
      status: { origin: 'changed', newerDefault: null },
    });
    expect((await trail('parking-late')).at(-1)).toMatchObject({ action: 'rule.replaced', actorKind: 'system' });
  });
});

it('keeps the source that a program of before had in one language', async () => {
  const { db } = gateway.database;
  const definition = json({ ...ruleOf('access-tamper'), source: 'EN 60839-11-1' } as never);
  await db.updateTable('rules').set({ definition }).where('id', '=', 'access-tamper').execute();
  expect((await store.load()).map(({ id }) => id)).not.toContain('access-tamper');
  // Twice: what is a text already stays as it is.
  await sourceTexts(db as never);
  await sourceTexts(db as never);
  const loaded = await store.load();
  expect(loaded.find(({ id }) => id === 'access-tamper')).toEqual({
    ...ruleOf('access-tamper'),
    source: { 'zh-CN': 'EN 60839-11-1', en: 'EN 60839-11-1' },
  });
  expect(loaded.find(({ id }) => id === 'fire-smoke')?.source).toEqual(ruleOf('fire-smoke').source);
});

it('is taken up by the detector as soon as it is told, without a wait for the next look at all rules', async () => {
  // Time stands still for the poll: what comes, comes by the event.
  const still = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
  const { db } = gateway.database;
  const engine = new DetectionEngine(clock, logger, store);
  const wake = new Wake(unitOfWork);
  wake.onModuleInit();
  const refresher = new RuleRefresher(db, logger, unitOfWork, engine, store, wake);
  await refresher.onApplicationBootstrap();
  const refreshed = vi.spyOn(engine, 'refreshRules');
  const { items } = (await as('admin', 'GET', 'people')).body as { items: Person[] };
  const admin = items.find(({ login }) => login === 'admin')!;
  await new RulesService(unitOfWork, clock).switch(admin, 'parking-silent', { enabled: false, note: 'rebuilt' });
  await waitUntil(async () => refreshed.mock.calls.length > 0);
  await refresher.beforeApplicationShutdown();
  await wake.onModuleDestroy();
  still.mockRestore();
});

describe('a rule in trouble', () => {
  const tilt = (deviceId: string, ts: number, value: number): DetectionInput => ({
    kind: 'reading',
    deviceId,
    domain: 'sanitation',
    metric: value < 0 ? 'fillPercent' : 'tilt',
    ts,
    value: Math.abs(value),
    receivedAt: ts,
  });
  const engineOf = async (faults?: DetectorOptions['faults']) => {
    const engine = new DetectionEngine(clock, logger, store, undefined, faults);
    const { db } = gateway.database;
    const writer = new AlarmWriter(clock, systemIds, logger);
    const reconciler = new AlarmReconciler(db, unitOfWork, writer);
    await engine.rebuild(gateway.timeSeries, db, await reconciler.standing());
    await reconciler.reconcile(engine);
    return engine;
  };
  const write = async (engine: DetectionEngine) => {
    for (const found of engine.troubles.unwritten()) {
      await writeTrouble(unitOfWork, found);
      engine.troubles.written(found);
    }
  };
  const apply = async (engine: DetectionEngine, inputs: DetectionInput[]) => {
    const transitions = engine.evaluate(inputs);
    await unitOfWork.run((tx) => new AlarmWriter(clock, systemIds, logger).apply(tx, transitions));
    engine.committed(transitions);
    return transitions.map(({ kind, ruleId }) => `${kind} ${ruleId}`);
  };
  const bin = 'c1/bin-trouble';
  const t0 = Date.now();
  const alarms = async () =>
    (await gateway.database.db.selectFrom('alarms').selectAll().where('deviceId', '=', bin).execute()).map(
      ({ ruleId, conditionActive }) => `${ruleId} ${conditionActive ? 'holds' : 'over'}`,
    );

  it('is stopped and told; its alarms stay, others go on; a restart does not forget it; a person starts it again', async () => {
    await aDevice(gateway.database.db, { id: bin, domain: 'sanitation' });
    const faults: DetectorOptions['faults'] = ({ id }, input) => {
      if (id === 'sanitation-bin-full' && input.kind === 'reading' && input.value === 99)
        throw new TypeError('injected');
    };
    const engine = await engineOf(faults);
    expect(await apply(engine, [tilt(bin, t0, -90)])).toEqual(['raise sanitation-bin-full']);
    const broken = Array.from({ length: 5 }, (_, n) => tilt(bin, t0 + 1 + n, -99));
    expect(await apply(engine, [...broken, tilt(bin, t0 + 10, 80), tilt(bin, t0 + 70_000, 80)])).toEqual([
      'raise sanitation-bin-tilted',
    ]);
    expect(await apply(engine, [tilt(bin, t0 + 80_000, -10)])).toEqual([]);
    await write(engine);
    const stopped = (await as('operator', 'GET', 'rules/sanitation-bin-full')).body as RuleDetail;
    expect(stopped.status).toMatchObject({
      state: 'stopped',
      openAlarms: 1,
      trouble: { reason: 'throws', stopped: true, version: stopped.version, detail: 'TypeError: injected' },
    });
    expect((await trail('sanitation-bin-full')).at(-1)).toMatchObject({ action: 'rule.stopped', actorKind: 'system' });

    const again = await engineOf();
    expect(await apply(again, [tilt(bin, t0 + 90_000, -10)])).toEqual([]);
    expect(await alarms()).toEqual(['sanitation-bin-full holds', 'sanitation-bin-tilted holds']);

    expect((await as('manager', 'POST', 'rules/sanitation-bin-full/switch', { enabled: true })).body).toMatchObject({
      version: stopped.version,
      status: { state: 'on', trouble: null },
    });
    await again.refreshRules();
    expect(await apply(again, [tilt(bin, t0 + 100_000, -10)])).toEqual(['clear sanitation-bin-full']);
    expect((await trail('sanitation-bin-full')).at(-1)).toMatchObject({ action: 'rule.started' });
  });

  it('is over with a new version, and what was found about the old one is not held against it', async () => {
    const flutter = async (engine: DetectionEngine, from: number) => {
      const inputs = Array.from({ length: 80 }, (_, n) =>
        Array.from({ length: 15 }, (_, d) => tilt(`c1/flutter-${d}`, from + n * 500, n % 2 ? -10 : -95)),
      ).flat();
      engine.evaluate(inputs);
    };
    const engine = await engineOf();
    await flutter(engine, t0 + 200_000);
    const found = engine.troubles.unwritten();
    expect(found).toMatchObject([{ ruleId: 'sanitation-bin-full', trouble: { reason: 'floods', stopped: true } }]);
    const { version } = (await as('admin', 'GET', 'rules/sanitation-bin-full')).body;
    const rule = draftOf('sanitation-bin-full', { source: { 'zh-CN': '已核对', en: 'looked at' } });
    expect((await as('admin', 'PUT', 'rules/sanitation-bin-full', { rule, basedOn: version })).status).toBe(200);
    await write(engine);
    expect((await as('admin', 'GET', 'rules/sanitation-bin-full')).body.status).toMatchObject({
      state: 'on',
      trouble: null,
    });
    await engine.refreshRules();
    expect(engine.evaluate([tilt('c1/bin-new', t0 + 300_000, -95)])).toContainEqual(
      expect.objectContaining({ kind: 'raise', ruleId: 'sanitation-bin-full', deviceId: 'c1/bin-new' }),
    );
  });
});

it('leaves a chain of changes that is whole', async () => {
  expect((await as('admin', 'GET', 'audit/verification')).body).toMatchObject({ intact: true });
});
