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

describe('skills of people, teams, shifts', () => {
  const db = () => gateway.database.db;
  const skillsOf = async (login: string) =>
    (
      await db()
        .selectFrom('personSkills')
        .innerJoin('people', 'people.id', 'personId')
        .select('skill')
        .where('login', '=', login)
        .orderBy('skill')
        .execute()
    ).map(({ skill }) => skill);
  beforeAll(async () => {
    for (const [login, areaId] of [
      ['ann', 'g1'],
      ['bob', 'g1'],
      ['cai', 'g2'],
    ] as const)
      await gateway.person(login, 'officer', areaId);
    for (const slug of ['lift', 'power'])
      await gateway.call('POST', 'skills', {
        cookie: cookies.get('admin')!,
        body: { slug, title: { 'zh-CN': slug, en: slug } },
      });
  }, 60_000);

  it('a column of skills sets them, an empty cell takes them away, without it they stay', async () => {
    const row = 'ann,Name of ann,officer,g1';
    const set = await send('people', `login,name,role,area,skills\n${row},power lift`);
    expect(set.body.rows[0].changes).toEqual([{ column: 'skills', from: '', to: 'lift power' }]);
    expect([await skillsOf('ann'), await audited('person.skills-set')]).toEqual([['lift', 'power'], 1]);
    expect(marks(await send('people', `login,name,role,area\n${row}`))).toEqual([['ann', 'unchanged']]);
    expect(marks(await send('people', `login,name,role,area,skills\n${row},lift、power`))).toEqual([
      ['ann', 'unchanged'],
    ]);
    expect(errors(await send('people', `login,name,role,area,skills\n${row},lift magic`, { preview: true }))).toEqual([
      [2, 'skills', 'unknown-skill'],
    ]);
    const renamed = 'login,name,role,area,skills\nann,Ann,officer,g1,\ndee,Dee,officer,g1,lift';
    expect(marks(await send('people', renamed))).toEqual([
      ['ann', 'changed'],
      ['dee', 'added'],
    ]);
    expect([await skillsOf('ann'), await skillsOf('dee')]).toEqual([[], ['lift']]);
  });

  it('teams come with members and lead, and are known by their name in their area', async () => {
    const table =
      'name_zh,name_en,area,kind,lead,members\n电梯班,Lifts,g1,外包,bob,ann bob\n电工班,,g1,,,\n电梯班,Lifts,g2,,,cai';
    const preview = await send('teams', table, { preview: true });
    expect([errors(preview), new Set(marks(preview).map(([, mark]) => mark))]).toEqual([[], new Set(['added'])]);
    expect(await audited('team.added')).toBe(0);
    await send('teams', table);
    const teams = async () => (await gateway.call('GET', 'teams', { cookie: cookies.get('admin')! })).body.items;
    expect(await teams()).toContainEqual(
      expect.objectContaining({
        name: { 'zh-CN': '电梯班', en: 'Lifts' },
        areaId: 'g1',
        contractor: true,
        members: [expect.objectContaining({ name: 'Ann' }), expect.objectContaining({ name: 'Name of bob' })],
      }),
    );
    expect(new Set(marks(await send('teams', table)).map(([, mark]) => mark))).toEqual(new Set(['unchanged']));
    const changed = await send('teams', 'name_en,area,members\nLifts,g1,bob cai');
    expect(changed.body.rows[0].changes).toEqual([{ column: 'members', from: 'ann bob', to: 'bob cai' }]);
    expect([await audited('team.added'), await audited('team.updated')]).toEqual([3, 1]);
    // The lead stays: whoever takes them out names another.
    const wrong = [
      'name_zh,name_en,area,kind,lead,members',
      '电梯班,,g1,,bob,cai',
      ',,g1,,,',
      '新班,,nowhere,,,',
      '新班,,g2,,,',
      '其他,,g1,rented,nobody,ann ghost',
      '电工班,,g1,,,cai',
      '电工班,,g1,,,ann',
    ].join('\n');
    expect(errors(await send('teams', wrong, { preview: true, as: 'boss' }))).toEqual([
      [2, 'lead', 'lead-no-member'],
      [3, 'name_zh', 'required'],
      [4, 'area', 'unknown-area'],
      [5, 'area', 'outside-area'],
      [6, 'kind', 'bad-team-kind'],
      [6, 'members', 'unknown-login'],
      [6, 'lead', 'unknown-login'],
      [7, 'members', 'outside-area'],
      [8, 'name_zh', 'duplicate'],
    ]);
    await db().updateTable('teams').set({ active: false }).where('areaId', '=', 'g2').execute();
    expect(errors(await send('teams', '名称,area\n电梯班,g2', { preview: true }))[0]).toEqual([
      1,
      '名称',
      'unknown-column',
    ]);
    expect(errors(await send('teams', 'name_zh,area\n电梯班,g2', { preview: true }))).toEqual([
      [2, 'name_zh', 'team-inactive'],
    ]);
  });

  it('shifts are read by the clock of the site, over midnight too; the second time nothing happens', async () => {
    const table = [
      '登录名,区域编号,日期,开始,结束',
      'ann,g1,2030/1/5,8:00,20:00:00',
      'bob,g1,2030-01-05,20:00,08:00',
      'bob,g1,2030-01-06,08:00,24:00',
    ].join('\n');
    expect(marks(await send('shifts', table, { preview: true }))).toEqual([
      ['ann 2030-01-05 08:00', 'added'],
      ['bob 2030-01-05 20:00', 'added'],
      ['bob 2030-01-06 08:00', 'added'],
    ]);
    expect(await audited('shift.added')).toBe(0);
    expect((await send('shifts', table)).body.applied).toBe(true);
    const times = async () =>
      (await db().selectFrom('shifts').select(['startsAt', 'endsAt']).orderBy('startsAt').execute()).map(
        ({ startsAt, endsAt }) => [startsAt.toISOString().slice(5, 16), endsAt.toISOString().slice(5, 16)],
      );
    // Asia/Shanghai is eight hours ahead.
    expect(await times()).toEqual([
      ['01-05T00:00', '01-05T12:00'],
      ['01-05T12:00', '01-06T00:00'],
      ['01-06T00:00', '01-06T16:00'],
    ]);
    expect(new Set(marks(await send('shifts', table)).map(([, mark]) => mark))).toEqual(new Set(['unchanged']));
    const longer = await send('shifts', 'login,area,date,from,to\nann,g1,2030-01-05,08:00,21:00');
    expect(longer.body.rows[0].changes).toEqual([{ column: 'to', from: '2030-01-05 20:00', to: '2030-01-05 21:00' }]);
    expect([await audited('shift.added'), await audited('shift.updated')]).toEqual([3, 1]);
  });

  it('names each shift that cannot be, also two of the file that stand in each other’s way', async () => {
    const wrong = [
      'login,area,date,from,to',
      'ann,g1,2030-01-05,20:30,22:00',
      'ann,g1,2030-02-01,08:00,20:00',
      'ann,g1,2030-02-01,08:00,19:00',
      'ann,g1,2030-02-01,19:00,23:00',
      'ann,g1,2030-02-30,08:00,20:00',
      'ann,g1,2030-02-03,24:00,8',
      'nobody,g1,2030-02-03,08:00,20:00',
      'boss,g1,2030-02-03,08:00,20:00',
      'cai,g2,2030-02-03,08:00,20:00',
      'ann,nowhere,2030-02-04,08:00,20:00',
      'ann,b1,2030-02-01,08:00,20:00',
    ].join('\n');
    const preview = await send('shifts', wrong, { preview: true, as: 'boss' });
    expect(errors(preview)).toEqual([
      [2, 'from', 'shift-overlaps'],
      [4, 'from', 'duplicate'],
      [5, 'from', 'shift-overlaps'],
      [6, 'date', 'bad-date'],
      [7, 'to', 'bad-time'],
      [7, 'from', 'bad-time'],
      [8, 'login', 'unknown-login'],
      [9, 'login', 'no-officer'],
      [10, 'login', 'outside-area'],
      [10, 'area', 'outside-area'],
      [11, 'area', 'unknown-area'],
    ]);
    expect(preview.body.errors[0].value).toBe('2030-01-05 08:00 – 2030-01-05 21:00');
    expect((await send('shifts', wrong)).status).toBe(400);
    expect(await audited('shift.added')).toBe(3);
    // Two that import the same at once: one adds it, the other finds it there.
    const table = 'login,area,date,from,to\ncai,g2,2030-03-01,08:00,20:00';
    const answers = await Promise.all([1, 2, 3].map(() => send('shifts', table)));
    expect(answers.flatMap((answer) => marks(answer).map(([, mark]) => mark)).sort()).toEqual([
      'added',
      'unchanged',
      'unchanged',
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
    expect((await send('devices', `${head}${'x'.repeat(11 * 1024 * 1024)}`)).status).toBe(413);
    expect(errors(await send('devices', '\u0000\u0001', { preview: true }))).toEqual([[0, '', 'not-text']]);
  });
});

describe('areas with shapes', () => {
  const box = (x: number, y: number, side: number) => [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
    [x, y],
  ];
  const feature = (properties: object, ...coordinates: unknown[]) => ({
    type: 'Feature',
    properties,
    geometry: coordinates.length ? { type: 'Polygon', coordinates } : null,
  });
  const bring = async (file: unknown, options: { crs?: string; preview?: boolean; by?: string } = {}) => {
    const { crs = 'wgs-84', preview = false, by = 'admin' } = options;
    const response = await fetch(`${gateway.url}/api/v1/imports/geojson?crs=${crs}&preview=${preview}`, {
      method: 'POST',
      headers: { cookie: cookies.get(by)!, 'content-type': 'application/geo+json' },
      body: typeof file === 'string' ? file : JSON.stringify(file),
    });
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers freely
    return { status: response.status, body: (await response.json()) as any };
  };
  const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });
  const cell = { id: 'cell-1', kind: 'cell-grid', parentId: 'c1', name: '单元 1' };
  const house = { id: 'house-1', kind: 'building', parentId: 'grid-9', nameEn: 'House 1', households: 40 };
  const grid = {
    id: 'grid-9',
    kind: 'duty-grid',
    parentId: 'c1',
    name: '责任网格 9',
    nameEn: 'Grid 9',
    households: 380,
  };
  const good = collection(
    feature(house, box(116.401, 39.901, 0.001)),
    feature(grid, box(116.4, 39.9, 0.01)),
    feature(cell, box(116.4, 39.9, 0.004), box(116.401, 39.9005, 0.0002)),
    feature({ id: 'c1' }, box(116.39, 39.89, 0.03)),
  );

  it('says what would change, does all of it once, and writes a file that changes nothing', async () => {
    const marks = (body: { rows: { id: string; mark: string }[] }) => body.rows.map(({ id, mark }) => `${id} ${mark}`);
    const preview = await bring(good, { preview: true });
    expect(marks(preview.body)).toEqual(['c1 changed', 'grid-9 added', 'cell-1 added', 'house-1 added']);
    expect([preview.body.errors, preview.body.warnings]).toEqual([[], []]);
    const before = await gateway.call('GET', 'areas/geojson', { cookie: cookies.get('admin')! });
    expect(JSON.stringify(before.body)).not.toContain('grid-9');
    expect((await bring(good)).body.applied).toBe(true);
    expect(new Set(marks((await bring(good)).body).map((mark) => mark.split(' ')[1]))).toEqual(new Set(['unchanged']));
    const written = await gateway.call('GET', 'areas/geojson', { cookie: cookies.get('admin')! });
    const again = (await bring(written.body, { preview: true })).body;
    expect([again.errors, new Set(again.rows.map((row: { mark: string }) => row.mark))]).toEqual([
      [],
      new Set(['unchanged']),
    ]);
    const at = async (longitude: number, latitude: number) =>
      (
        await gateway.call('GET', `areas/at?longitude=${longitude}&latitude=${latitude}`, {
          cookie: cookies.get('admin')!,
        })
      ).body.items.map(({ id }: { id: string }) => id);
    expect(await at(116.4015, 39.9015)).toEqual(['c1', 'cell-1', 'grid-9', 'house-1']);
    expect(await at(116.4011, 39.9006)).toEqual(['c1', 'grid-9']);
  });

  it('moves what is in the system of Chinese maps, and never guesses', async () => {
    const file = collection(feature({ ...cell, id: 'cell-gcj' }, box(116.38404722, 39.91334546, 0.001)));
    const { shape } = (await bring(file, { crs: 'gcj-02', preview: true })).body.rows[0];
    const [lon, lat] = shape.coordinates[0][0];
    expect([lon, lat]).toEqual([expect.closeTo(116.377817, 6), expect.closeTo(39.911954, 6)]);
    expect((await bring(file, { crs: '' })).status).toBe(400);
    const named = { ...file, crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } } };
    expect((await bring(named, { preview: true })).body.errors).toEqual([]);
    expect((await bring(named, { crs: 'gcj-02', preview: true })).body.errors[0].code).toBe('other-system');
    const abroad = collection(feature({ ...cell, id: 'cell-abroad' }, box(13, 52, 1)));
    expect((await bring(abroad, { crs: 'gcj-02', preview: true })).body.warnings[0].code).toBe('not-in-china');
  });

  it('names the feature and the place of each fault, and then changes nothing', async () => {
    const wrong = collection(
      feature({ ...cell, id: 'fine' }, box(116.4, 39.9, 0.001)),
      feature({ ...cell, id: 'open' }, box(0, 0, 1).slice(0, 4)),
      feature({ ...cell, id: 'Not a slug' }),
      feature({ id: 'bare' }),
      feature({ ...house, id: 'in-cell', parentId: 'fine' }),
      feature({ ...house, id: 'lost', parentId: 'nowhere' }),
      feature({ ...cell, id: 'fine' }),
      feature({ ...house, id: 'g1', kind: 'building' }),
      'nonsense',
    );
    const preview = await bring(wrong, { preview: true });
    expect(
      preview.body.errors.map(
        (e: { feature: number; path: string; code: string }) => `${e.feature} ${e.path} ${e.code}`,
      ),
    ).toEqual([
      '1 geometry.coordinates.0 ring-open',
      '2 properties.id bad-id',
      '3 properties.kind required',
      '3 properties.parentId required',
      '3 properties.name required',
      '4 properties.kind wrong-level',
      '5 properties.parentId unknown-parent',
      '6 properties.id duplicate',
      '7 properties.kind place-fixed',
      '7 properties.parentId place-fixed',
      '8  not-a-feature',
    ]);
    const refused = await bring(wrong);
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid-request']);
    expect(await gateway.database.db.selectFrom('areas').selectAll().where('id', '=', 'fine').execute()).toEqual([]);
    for (const [file, code] of [
      ['{', 'not-json'],
      [[], 'not-a-collection'],
      [collection(), 'no-features'],
    ] as const)
      expect((await bring(file, { preview: true })).body.errors[0]).toMatchObject({ feature: -1, code });
    const astray = collection(feature({ ...house, id: 'astray', parentId: 'grid-9' }, box(10, 10, 1)));
    expect((await bring(astray, { preview: true })).body.warnings[0]).toMatchObject({
      feature: 0,
      code: 'outside-parent',
    });
  });
});
