import { type CatalogueDetail, type CatalogueEntry, type CreateEntry, importColumns } from '@sc/contracts';
import { Catalogue, seedDefaultCatalogue } from '@sc/features/catalogue';
import { UnitOfWork } from '@sc/platform/database';
import { createLogger } from '@sc/platform/logging';
import { startGateway, type Answer, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
/** Another process. */
let elsewhere: Catalogue;
const cookies = new Map<string, string>();
beforeAll(async () => {
  gateway = await startGateway();
  await gateway.person('admin', 'admin', 'd1');
  await gateway.person('chief', 'manager', 'd1');
  await gateway.person('boss', 'manager', 'g1');
  await gateway.person('desk', 'operator', 'g1');
  await gateway.person('neighbour', 'manager', 'g2');
  await gateway.person('officer', 'officer', 'g1');
  for (const login of ['admin', 'chief', 'boss', 'desk', 'neighbour', 'officer'])
    cookies.set(login, await gateway.login(login));
  elsewhere = new Catalogue(gateway.database.db, createLogger('silent'));
}, 60_000);
afterAll(() => gateway.stop(), 60_000);

const seed = () =>
  gateway.app
    .get(UnitOfWork, { strict: false })
    .run((transaction) => seedDefaultCatalogue(transaction, new Date('2026-01-01')));
const ask = (as: string, method: string, path: string, body?: unknown): Promise<Answer> =>
  gateway.call(method, `catalogue${path}`, { cookie: cookies.get(as)!, body });
const send = (table: string, { preview = false, as = 'admin' } = {}): Promise<Answer> =>
  gateway.call('POST', `imports/catalogue${preview ? '?preview=true' : ''}`, {
    cookie: cookies.get(as)!,
    body: table,
    headers: { 'content-type': 'text/csv' },
  });
const list = async (as: string, query = '') => (await ask(as, 'GET', query)).body.items as CatalogueEntry[];
const one = async (code: string, as = 'admin') => (await ask(as, 'GET', `/entries/${code}`)).body as CatalogueDetail;
const codes = (items: CatalogueEntry[]) => items.map(({ code }) => code);
const errors = ({ body }: Answer) =>
  (body.errors as { line: number; column: string; code: string }[]).map(({ line, column, code }) => [
    line,
    column,
    code,
  ]);
const audited = async (action: string) =>
  (await gateway.database.db.selectFrom('auditTrail').selectAll().where('action', '=', action).execute()).map(
    ({ subjectId }) => subjectId,
  );

const draft = (code: string, more: Partial<CreateEntry> = {}): CreateEntry => ({
  code,
  parent: 'appearance',
  areaId: 'g1',
  title: { 'zh-CN': '楼道堆物', en: 'Things on the stairs' },
  asked: {
    instructions: { 'zh-CN': '移走。', en: 'Take them away.' },
    severity: 'minor',
    limits: { accept: { amount: 30, unit: 'working-minutes' }, handle: null, verify: null },
    skills: [],
    teamId: null,
    checklist: [],
    proof: 'photo',
    verifier: 'staff',
  },
  alarms: null,
  reason: 'asked for at the residents’ meeting',
  ...more,
});

describe('the defaults', () => {
  it('are added once, by several programs that start together', async () => {
    expect(await list('officer')).toEqual([]);
    await elsewhere.refresh();
    expect(elsewhere.of('fire', 'severe')?.category).toBe('fire-emergency');
    await Promise.all([seed(), seed(), seed()]);
    const before = (await audited('catalogue.added')).length;
    await seed();
    expect([before, (await audited('catalogue.added')).length]).toEqual([before, before]);
    expect((await list('officer')).length).toBe(before);
    expect((await ask('desk', 'GET', '/gaps')).body.items).toEqual([]);
  });

  it('are found by what people call them, in either language, with what they hang on', async () => {
    expect(codes(await list('officer', '?q=%E5%9E%83%E5%9C%BE%20%E6%9A%B4%E9%9C%B2'))).toEqual([
      'appearance',
      'events',
      'exposed-rubbish',
    ]);
    expect(codes(await list('officer', '?q=LIFT%20fault'))).toEqual(['buildings', 'components', 'lift-fault']);
    expect(await list('officer', '?q=unicorn')).toEqual([]);
  });

  it('are taken anew where a person changed them only when somebody takes them', async () => {
    const { db } = gateway.database;
    const before = await one('bin-broken');
    const { title, asked, parent, alarms, version } = before;
    const edited = { parent, asked, alarms, title: { ...title, en: 'Bins' }, basedOn: version };
    expect((await ask('boss', 'PUT', '/entries/bin-broken', edited)).status).toBe(403);
    expect((await ask('chief', 'PUT', '/entries/bin-broken', edited)).body).toMatchObject({ origin: 'changed' });
    expect((await ask('chief', 'PUT', '/entries/bin-broken', edited)).status).toBe(409);
    await db
      .updateTable('catalogueEntries')
      .set({ defaultHash: 'older' })
      .where('code', 'in', ['bin-broken', 'road-dirty'])
      .execute();
    await seed();
    expect(await audited('catalogue.replaced')).toEqual(['road-dirty']);
    expect(await one('bin-broken')).toMatchObject({ newerDefault: true, title: { en: 'Bins' } });
    const taken = await ask('admin', 'POST', '/entries/bin-broken/default', { basedOn: version + 1 });
    expect(taken.body).toMatchObject({ newerDefault: false, origin: 'default', title });
  });
});

describe('admission', () => {
  it('lets nobody admit what they proposed, and nobody whose area does not contain it', async () => {
    expect((await ask('desk', 'POST', '/entries', draft('stairs', { reason: undefined }))).body.code).toBe(
      'note-required',
    );
    expect((await ask('neighbour', 'POST', '/entries', draft('stairs'))).status).toBe(403);
    expect((await ask('boss', 'POST', '/entries', draft('stairs', { areaId: null }))).status).toBe(403);
    expect((await ask('boss', 'POST', '/entries', draft('stairs'))).body).toMatchObject({
      state: 'proposed',
      proposal: { reason: 'asked for at the residents’ meeting', by: { name: 'Name of boss' }, decision: null },
    });
    expect(codes(await list('chief', '?state=proposed'))).toContain('stairs');
    const admit = (as: string) => ask(as, 'POST', '/decide', { codes: ['stairs'], admit: true });
    await elsewhere.refresh();
    expect(elsewhere.named('stairs')).toBeUndefined();
    expect((await admit('boss')).status).toBe(403);
    expect((await admit('neighbour')).status).toBe(404);
    expect((await admit('chief')).status).toBe(204);
    expect((await admit('admin')).body.code).toBe('action-not-allowed');
    expect((await one('stairs')).proposal?.decision).toMatchObject({ by: 'Name of chief' });
    await elsewhere.refresh();
    expect(elsewhere.named('stairs')?.template.proof).toBe('photo');
    const usable = async (areaId: string) => codes(await list('admin', `?usableIn=${areaId}&q=stairs`));
    expect([await usable('r1'), await usable('g2')]).toEqual([['appearance', 'events', 'stairs'], []]);
  });

  it('is refused with a reason, and what is changed waits again for somebody else', async () => {
    await ask('desk', 'POST', '/entries', draft('flowers'));
    expect((await ask('boss', 'POST', '/decide', { codes: ['flowers'], admit: false })).body.code).toBe(
      'note-required',
    );
    await ask('boss', 'POST', '/decide', { codes: ['flowers'], admit: false, note: 'not ours' });
    const refused = await one('flowers', 'desk');
    expect(refused).toMatchObject({ state: 'refused', proposal: { decision: { note: 'not ours' } } });
    const { code: _, areaId: __, ...changed } = draft('flowers', { title: { 'zh-CN': '花', en: 'Flowers' } });
    await ask('desk', 'PUT', '/entries/flowers', { ...changed, basedOn: refused.version });
    expect(await one('flowers')).toMatchObject({ state: 'proposed', proposal: { decision: null } });
    // Who changes what waits has proposed it.
    await ask('boss', 'PUT', '/entries/flowers', { ...changed, title: { 'zh-CN': '草', en: 'Grass' }, basedOn: 3 });
    expect((await ask('boss', 'POST', '/decide', { codes: ['flowers'], admit: true })).status).toBe(403);
    expect((await ask('chief', 'POST', '/decide', { codes: ['flowers'], admit: true })).status).toBe(204);
  });

  it('decides on many at once or on none', async () => {
    await ask('boss', 'POST', '/entries', draft('one'));
    const both = { codes: ['one', 'nothing-such'], admit: true };
    expect((await ask('chief', 'POST', '/decide', both)).status).toBe(404);
    expect((await one('one')).state).toBe('proposed');
  });
});

describe('an entry', () => {
  it('is retired, not deleted, once orders are of it or the program brings it', async () => {
    const { db } = gateway.database;
    expect((await ask('admin', 'DELETE', '/entries/lift-fault')).body.code).toBe('action-not-allowed');
    expect((await ask('admin', 'POST', '/entries', draft('used', { areaId: null }))).body).toMatchObject({
      state: 'active',
      proposal: null,
    });
    const order = { id: '00000000-0000-4000-8000-00000000000a', category: 'used', state: 'dispatched' as const };
    await db
      .insertInto('workOrders')
      .values({
        ...order,
        title: '{}',
        instructions: '{}',
        severity: 'minor',
        areaId: 'r1',
        photoRequired: false,
        acceptWithinSeconds: 60,
        checklist: '[]',
        createdAt: new Date(),
        updatedAt: new Date(),
      })
      .execute();
    expect((await ask('admin', 'DELETE', '/entries/used')).body.code).toBe('action-not-allowed');
    expect((await ask('admin', 'POST', '/entries/used/retire', { retired: true })).body).toMatchObject({
      state: 'retired',
      openOrders: 1,
    });
    await ask('admin', 'POST', '/entries', draft('unused', { areaId: null }));
    expect((await ask('admin', 'DELETE', '/entries/unused')).status).toBe(204);
    expect(await audited('catalogue.deleted')).toEqual(['unused']);
  });

  it('is told what is wrong with it by code', async () => {
    const wrong = await ask('admin', 'POST', '/entries', {
      ...draft('wrong', { areaId: null, parent: 'lift-fault' }),
      asked: { ...draft('x').asked!, skills: ['levitation'] },
    });
    expect(wrong.body.errors).toEqual([
      { path: 'parent', message: 'parent-is-item' },
      { path: 'skills', message: 'unknown-skill' },
    ]);
  });
});

it('P4: an alarm without a kind of work gets what the program brings, and the control room sees it', async () => {
  await ask('admin', 'POST', '/entries/fire-emergency/retire', { retired: true });
  await elsewhere.refresh();
  expect(elsewhere.of('fire', 'extreme')?.category).toBe('fire-emergency');
  expect((await ask('desk', 'GET', '/gaps')).body.items).toEqual([
    { domain: 'fire', severity: 'extreme' },
    { domain: 'fire', severity: 'severe' },
  ]);
  await ask('admin', 'POST', '/entries/fire-emergency/retire', { retired: false });
  expect((await ask('desk', 'GET', '/gaps')).body.items).toEqual([]);
});

describe('the table', () => {
  const csv = async () => (await ask('admin', 'GET', '/csv')).body as string;

  it('comes back unchanged, says what would change, and takes all lines or none', async () => {
    const table = await csv();
    const marks = ({ body }: Answer) => new Set((body.rows as { mark: string }[]).map(({ mark }) => mark));
    expect(marks(await send(table))).toEqual(new Set(['unchanged']));
    const cells = { code: 'mine', parent: 'buildings', kind: 'item', title_zh: '我的', title_en: 'Mine' };
    const lineOf = (of: Record<string, string>) =>
      `${importColumns.catalogue.map(({ name }) => of[name] ?? '').join(',')}\r\n`;
    const mine = { ...cells, instructions_zh: '做', instructions_en: 'Do it' };
    const revised = table.replace('Lift fault', 'Lift out of order') + lineOf(mine);
    const preview = await send(revised, { preview: true });
    expect((preview.body.rows as { key: string; mark: string }[]).filter(({ mark }) => mark !== 'unchanged')).toEqual([
      expect.objectContaining({
        key: 'lift-fault',
        changes: [{ column: 'title_en', from: 'Lift fault', to: 'Lift out of order' }],
      }),
      expect.objectContaining({ key: 'mine', mark: 'added' }),
    ]);
    expect(await csv()).toBe(table);
    expect((await send(revised + lineOf({ ...mine, code: 'bad code' }))).status).toBe(400);
    expect(await csv()).toBe(table);
    expect((await send(revised)).body.applied).toBe(true);
    expect(await audited('catalogue.edited')).toContain('lift-fault');
    const added = (await audited('catalogue.added')).length;
    expect(marks(await send(revised))).toEqual(new Set(['unchanged']));
    expect((await audited('catalogue.added')).length).toBe(added);
  });

  it('names the line and the column of each mistake', async () => {
    const table = [
      'code,parent,kind,title_zh,title_en,area,state,accept,checklist,instructions_en',
      'a,nowhere,item,甲,A,,,soon,,Do it',
      'b,b-branch,item,乙,B,,,30 分钟,what is this,Do it',
      'b-branch,,branch,丙,C,,,,,',
      'd,b-branch,item,丁,D,mars,,,,Do it',
      'e,e,branch,戊,E,,,,,',
      'lift-fault,buildings,branch,己,F,,,,,',
      'stairs,appearance,item,庚,G,g1,proposed,,,',
    ].join('\n');
    expect(errors(await send(table, { preview: true }))).toEqual([
      [2, 'accept', 'bad-limit'],
      [3, 'checklist', 'bad-checklist'],
      [5, 'area', 'unknown-area'],
      [6, 'parent', 'own-parent'],
      [7, 'kind', 'kind-fixed'],
      [8, 'state', 'state-fixed'],
    ]);
  });

  it('of a manager proposes, and changes nothing of what counts elsewhere', async () => {
    const table = 'code,parent,kind,title_zh,title_en,area,instructions_en\nours,appearance,item,我,Ours,g1,Do it\n';
    expect((await send(table, { as: 'boss' })).body.applied).toBe(true);
    expect(await one('ours')).toMatchObject({ state: 'proposed', proposal: { by: { name: 'Name of boss' } } });
    const others = 'code,parent,kind,title_en\nlift-fault,buildings,item,Hacked\n';
    expect(errors(await send(others, { as: 'boss', preview: true }))).toEqual([[2, 'code', 'not-yours']]);
  });
});

it('is followed by every process', async () => {
  await elsewhere.refresh();
  const before = elsewhere.named('lift-fault')!.template.title.en;
  const { title, asked, parent, alarms, version } = await one('lift-fault');
  await ask('admin', 'PUT', '/entries/lift-fault', {
    parent,
    asked,
    alarms,
    title: { ...title, en: 'Another' },
    basedOn: version,
  });
  expect(elsewhere.named('lift-fault')!.template.title.en).toBe(before);
  await elsewhere.refresh();
  expect(elsewhere.named('lift-fault')!.template.title.en).toBe('Another');
});
