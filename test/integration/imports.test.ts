import { createHash } from 'node:crypto';
import type { ImportKind } from '@sc/contracts';
import { startGateway, type Answer, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
const cookies = new Map<string, string>();
beforeAll(async () => {
  gateway = await startGateway();
  await gateway.person('admin', 'admin', 'c1');
  await gateway.person('boss', 'manager', 'g1');
  await gateway.person('other', 'officer', 'g2');
  for (const login of ['admin', 'boss']) cookies.set(login, await gateway.login(login));
}, 60_000);
afterAll(() => gateway.stop(), 60_000);

const send = (kind: ImportKind, table: string, { preview = false, as = 'admin' } = {}): Promise<Answer> =>
  gateway.call('POST', `imports/${kind}${preview ? '?preview=true' : ''}`, {
    cookie: cookies.get(as)!,
    body: table,
    headers: { 'content-type': 'text/csv' },
  });
const marks = ({ body }: Answer) => (body.rows as { key: string; mark: string }[]).map(({ key, mark }) => [key, mark]);
const errors = ({ body }: Answer) =>
  (body.errors as { line: number; column: string; code: string }[]).map(({ line, column, code }) => [
    line,
    column,
    code,
  ]);
const rowsOf = (csv: string) =>
  csv
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
const audited = async (action: string) =>
  (await gateway.database.db.selectFrom('auditTrail').select('subjectId').where('action', '=', action).execute())
    .length;

describe('areas', () => {
  const table = [
    'id,kind,parent,name_zh,name_en,households',
    'r9,room,b9,厨房,Kitchen,',
    'b9,楼栋,g1,9 号楼,,118',
    'g1,duty-grid,c1,第一网格,Area g1,356',
  ].join('\n');

  it('shows what would happen, does it in one go, and does nothing the second time', async () => {
    const preview = await send('areas', table, { preview: true });
    expect([preview.status, preview.body.applied, errors(preview)]).toEqual([200, false, []]);
    expect(marks(preview)).toEqual([
      ['g1', 'changed'],
      ['b9', 'added'],
      ['r9', 'added'],
    ]);
    expect(preview.body.rows[0].changes).toEqual([
      { column: 'name_zh', from: '区域 g1', to: '第一网格' },
      { column: 'households', from: '', to: '356' },
    ]);
    expect((await gateway.call('GET', 'areas', { cookie: cookies.get('admin')! })).body.items).not.toContainEqual(
      expect.objectContaining({ id: 'b9' }),
    );

    expect((await send('areas', table)).body.applied).toBe(true);
    const { items } = (await gateway.call('GET', 'areas', { cookie: cookies.get('admin')! })).body;
    expect(items).toContainEqual(
      expect.objectContaining({ id: 'r9', path: ['d1', 's1', 'c1', 'g1', 'b9', 'r9'], households: null }),
    );
    expect(items).toContainEqual(
      expect.objectContaining({ id: 'b9', name: { 'zh-CN': '9 号楼', en: '9 号楼' }, households: 118 }),
    );
    expect([await audited('area.created'), await audited('area.updated')]).toEqual([2, 1]);

    expect(new Set(marks(await send('areas', table)).map(([, mark]) => mark))).toEqual(new Set(['unchanged']));
    expect([await audited('area.created'), await audited('area.updated')]).toEqual([2, 1]);
  });

  it('names every wrong cell, and one of them is enough to change nothing', async () => {
    const wrong = [
      'id,kind,parent,name_zh,name_en,households',
      'fine,building,g1,好,Fine,1',
      'Not A Slug,building,g1,x,x,1',
      'b1,room,g1,x,x,1',
      'loose,building,nowhere,x,x,many',
      'loop-a,building,loop-b,x,x,',
      'loop-b,building,loop-a,x,x,',
      'up,district,g1,x,x,',
      'fine,building,g1,again,again,',
      'odd,castle,g1,,,',
    ].join('\n');
    const preview = await send('areas', wrong, { preview: true });
    expect(errors(preview)).toEqual([
      [3, 'id', 'bad-id'],
      [4, 'kind', 'place-fixed'],
      [5, 'households', 'bad-number'],
      [6, 'parent', 'unknown-parent'],
      [7, 'parent', 'unknown-parent'],
      [8, 'kind', 'wrong-level'],
      [9, 'id', 'duplicate'],
      [10, 'kind', 'bad-kind'],
      [10, 'name_zh', 'required'],
    ]);
    const refused = await send('areas', wrong);
    expect([refused.status, refused.body.code, refused.body.errors[0].path]).toEqual([
      400,
      'invalid-request',
      'line 3, id',
    ]);
    expect((await gateway.database.db.selectFrom('areas').where('id', '=', 'fine').selectAll().execute()).length).toBe(
      0,
    );
  });

  it('stay within the area of whoever imports', async () => {
    const answer = await send(
      'areas',
      'id,kind,parent,name_zh\nb7,building,g2,七\ng2,duty-grid,c1,别人的\nb8,building,g1,八',
      {
        as: 'boss',
        preview: true,
      },
    );
    expect(errors(answer)).toEqual([
      [2, 'parent', 'outside-area'],
      [3, 'id', 'outside-area'],
    ]);
    expect(marks(answer)).toEqual([['b8', 'added']]);
  });
});

describe('people', () => {
  it('get a first password each, told once, that opens the door', async () => {
    const table = 'login;name;role;area\nwang;王晓敏;网格员;g1\nli;=李;operator;c1\n';
    const done = await send('people', table);
    expect(marks(done)).toEqual([
      ['wang', 'added'],
      ['li', 'added'],
    ]);
    const [header, wang, li] = rowsOf(done.body.credentials.csv);
    expect(header).toEqual(['login', 'name', 'password']);
    expect(li![1]).toBe("'=李");
    const login = await gateway.call('POST', 'session', { body: { login: 'wang', password: wang![2] } });
    expect([login.status, login.body.person.role, login.body.person.locale]).toEqual([200, 'officer', 'en']);

    const again = await send('people', table);
    expect([again.body.credentials, new Set(marks(again).map(([, m]) => m))]).toEqual([null, new Set(['unchanged'])]);
    const changed = await send('people', table.replace('网格员', 'manager'));
    expect(changed.body.rows[0]).toMatchObject({
      mark: 'changed',
      changes: [{ column: 'role', from: 'officer', to: 'manager' }],
    });
    expect(await gateway.call('POST', 'session', { body: { login: 'wang', password: wang![2] } })).toMatchObject({
      status: 200,
    });
  });

  it('nobody lifts themselves up, nor reaches beyond their area', async () => {
    const table = [
      'login,name,role,area',
      'root,Root,admin,g1',
      'boss,Boss,manager,b1',
      'other,Other,officer,g1',
      'admin,Admin,officer,g1',
      'far,Far,officer,g2',
      'Two Words,x,officer,g1',
      'x1,x,king,g1',
      'x2,x,officer,nowhere',
    ].join('\n');
    expect(errors(await send('people', table, { as: 'boss', preview: true }))).toEqual([
      [2, 'role', 'role-not-allowed'],
      [3, 'area', 'own-role'],
      [4, 'login', 'outside-area'],
      [5, 'login', 'outside-area'],
      [6, 'area', 'outside-area'],
      [7, 'login', 'bad-login'],
      [8, 'role', 'bad-role'],
      [9, 'area', 'unknown-area'],
    ]);
  });
});

describe('devices', () => {
  const head = 'id,domain,name,area,placement,longitude,latitude\n';

  it('5,000 at once, each with its secret, once', async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `c1/d-${i},fire,烟感 ${i},b1,${i % 30}F,116.39${i % 10},39.9`);
    const table = head + lines.join('\n');
    const preview = await send('devices', table, { preview: true });
    expect([preview.body.rows.length, preview.body.errors]).toEqual([5000, []]);
    const done = await send('devices', table);
    const secrets = rowsOf(done.body.credentials.csv).slice(1);
    expect(secrets).toHaveLength(5000);
    const { db } = gateway.database;
    const rows = new Map((await db.selectFrom('devices').selectAll().execute()).map((row) => [row.id, row]));
    for (const [id, , user, secret] of secrets) {
      expect(user).toBe(id);
      expect(rows.get(id!)!.secretHash.equals(createHash('sha256').update(secret!).digest())).toBe(true);
      // Without it a broker elsewhere would not let the device in.
      expect(rows.get(id!)!.mosquittoHash).toMatch(/^\$7\$/);
    }
    expect(rows.get('c1/d-7')).toMatchObject({ placement: '7F', longitude: 116.397, latitude: 39.9 });
    expect(await audited('device.registered')).toBe(5000);
    const events = await db.selectFrom('outbox').select('id').where('type', '=', 'device.changed.v1').execute();
    expect(events).toHaveLength(5000);

    const again = await send('devices', table);
    expect([again.body.credentials, new Set(marks(again).map(([, m]) => m))]).toEqual([null, new Set(['unchanged'])]);
    expect(await audited('device.registered')).toBe(5000);
    expect((await gateway.call('GET', 'audit/verification', { cookie: cookies.get('admin')! })).body.intact).toBe(true);
  }, 120_000);

  it('change place and name but not what they are; a column that is missing changes nothing', async () => {
    const moved = await send('devices', 'id,domain,name,area\nc1/d-1,fire,New,b2');
    expect(moved.body.rows[0].changes).toEqual([
      { column: 'name', from: '烟感 1', to: 'New' },
      { column: 'area', from: 'b1', to: 'b2' },
    ]);
    const device = await gateway.call('GET', 'devices/c1/d-1', { cookie: cookies.get('admin')! });
    expect(device.body).toMatchObject({ name: 'New', areaId: 'b2', placement: '1F', position: [116.391, 39.9] });
    const labelled = await send('devices', 'id,domain,name,area,labels\nc1/d-1,fire,New,b2,roof  kitchen');
    expect(labelled.body.rows[0].changes).toEqual([{ column: 'labels', from: '', to: 'roof kitchen' }]);
    const badLabel = await send('devices', 'id,domain,name,area,labels\nc1/d-1,fire,New,b2,屋顶', { preview: true });
    expect(errors(badLabel)).toEqual([[2, 'labels', 'bad-labels']]);
    expect(await send('devices', 'id,domain,name,area\nc1/d-1,fire,New,b2')).toMatchObject({
      body: { rows: [{ changes: [] }] },
    });

    await gateway.database.db.updateTable('devices').set({ state: 'retired' }).where('id', '=', 'c1/d-2').execute();
    const wrong = `${head}${[
      'c1/d-3,camera,x,b1,,,',
      'c1/d-2,fire,x,b1,,,',
      'nonsense,fire,x,b1,,,',
      'c1/n-1,magic,x,b1,,,',
      'c1/n-2,fire,x,b1,,200,10',
      'c1/n-3,fire,x,b1,,10,',
      'c1/n-4,fire,,s1,,,',
    ].join('\n')}`;
    expect(errors(await send('devices', wrong, { preview: true }))).toEqual([
      [2, 'domain', 'domain-fixed'],
      [3, 'id', 'device-retired'],
      [4, 'id', 'bad-device-id'],
      [5, 'domain', 'unknown-domain'],
      [6, 'longitude', 'bad-position'],
      [7, 'latitude', 'bad-position'],
      [8, 'name', 'required'],
    ]);
  });

  it('takes tables only, and no larger ones than it can hold', async () => {
    const cookie = cookies.get('admin')!;
    expect((await gateway.call('POST', 'imports/devices', { cookie, body: {} })).status).toBe(415);
    expect((await send('devices', `${head}${'x'.repeat(5 * 1024 * 1024)}`)).status).toBe(413);
    expect(errors(await send('devices', '\u0000\u0001', { preview: true }))).toEqual([[0, '', 'not-text']]);
  });
});
