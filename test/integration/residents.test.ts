import { randomBytes, randomUUID } from 'node:crypto';
import type { OrderResidents, Person, ResidentCase, ResidentReportInput } from '@sc/contracts';
import { seedDefaultCatalogue } from '@sc/features/catalogue';
import { WorkOrdersService } from '@sc/features/work-orders';
import { systemClock } from '@sc/platform/clock';
import { json, UnitOfWork } from '@sc/platform/database';
import { ResidentKeeper } from '../../libs/features/residents/resident-keeper.js';
import { aShift } from '../support/builders.js';
import { type Answer, startGateway, type TestGateway } from '../support/gateway.js';
import { aPng } from '../support/pictures.js';

const day = 86_400_000;
const begin = Date.UTC(2026, 5, 1, 4);
let now = begin;
const realNow = systemClock.now;
let gateway: TestGateway;
let keeper: ResidentKeeper;
let lastAddress = 0;
const people = new Map<string, Person>();
const cookies = new Map<string, string>();

beforeAll(async () => {
  systemClock.now = () => now;
  gateway = await startGateway({
    environment: { TRUSTED_PROXY: '127.0.0.1' },
    module: { providers: [ResidentKeeper], exports: [] },
  });
  keeper = gateway.app.get(ResidentKeeper, { strict: false });
  for (const [login, role, areaId] of [
    ['boss', 'manager', 'c1'],
    ['guard', 'officer', 'g1'],
    ['elsewhere', 'manager', 'g2'],
  ] as const) {
    people.set(login, await gateway.person(login, role, areaId));
    cookies.set(login, await gateway.login(login));
  }
  await aShift(gateway.database.db, people.get('guard')!.id);
  await gateway.app
    .get(UnitOfWork, { strict: false })
    .run((transaction) => seedDefaultCatalogue(transaction, new Date(begin)));
}, 60_000);
afterAll(async () => {
  systemClock.now = realNow;
  await gateway.stop();
}, 60_000);
/** Limits count by place and address: each test has its own. */
beforeEach(async () => {
  now = begin;
  lastAddress += 1;
  const { db } = gateway.database;
  await db
    .updateTable('residentLinks')
    .set({ createdAt: new Date(0) })
    .execute();
  await db
    .updateTable('workOrders')
    .set({ createdAt: new Date(0) })
    .execute();
});

async function as(login: string, method: string, path: string, body?: object): Promise<Answer> {
  const ask = () => gateway.call(method, path, { cookie: cookies.get(login)!, ...(body ? { body } : {}) });
  const answer = await ask();
  if (answer.status !== 401) return answer;
  cookies.set(login, await gateway.login(login));
  return ask();
}
const resident = (method: string, path: string, options: { token?: string; body?: unknown; address?: string } = {}) =>
  gateway.call(method, `residents/${path}`, {
    ...('body' in options ? { body: options.body } : {}),
    headers: {
      'x-forwarded-for': options.address ?? `10.0.0.${lastAddress}`,
      ...(options.token ? { 'x-case-token': options.token } : {}),
    },
  });
const newToken = () => randomBytes(16).toString('base64url');
const codeOf = async (areaId: string, more: object = {}): Promise<string> => {
  const answer = await as('boss', 'PUT', `resident-places/${areaId}`, { reportsOpen: true, ...more });
  expect(answer.status).toBe(200);
  return answer.body.code as string;
};
const aReport = (more: Partial<ResidentReportInput> = {}): ResidentReportInput => ({
  token: newToken(),
  category: 'lighting-broken',
  description: 'The lamp on the third floor is dark',
  locale: 'en',
  openedAt: new Date(now - 60_000).toISOString(),
  ...more,
});
async function reported(code: string, more: Partial<ResidentReportInput> = {}) {
  const body = aReport(more);
  const answer = await resident('POST', `places/${code}/reports`, { body });
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  const link = await gateway.database.db
    .selectFrom('residentLinks')
    .selectAll()
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return { token: body.token, orderId: link.workOrderId, linkId: link.id, shown: answer.body as ResidentCase };
}
const shownTo = async (token: string): Promise<ResidentCase> =>
  (await resident('GET', 'case', { token })).body as ResidentCase;
/** Straight to the state: how an order gets there is the work orders' own test. */
const moveTo = (id: string, state: 'in-hand' | 'reported' | 'closed') =>
  gateway.database.db
    .updateTable('workOrders')
    .set({ state, ...(state === 'closed' ? { closedAt: new Date(now), dueAt: null, acceptBy: null } : {}) })
    .where('id', '=', id)
    .execute();
const upload = async (token: string, file: Buffer, requestId: string) => {
  const form = new FormData();
  form.append('requestId', requestId);
  form.append('file', new Blob([new Uint8Array(file)]), 'photo');
  const answer = await fetch(`${gateway.url}/api/v1/residents/case/attachments`, {
    method: 'POST',
    body: form,
    headers: { 'x-case-token': token, 'x-forwarded-for': `10.0.0.${lastAddress}` },
  });
  return answer.status;
};

describe('the code of a place', () => {
  it('is made by staff of the area, shows what fits residents, and ends when it is renewed', async () => {
    expect((await as('elsewhere', 'PUT', 'resident-places/b1', { reportsOpen: true })).status).toBe(404);
    const code = await codeOf('b1');
    expect(await codeOf('b1')).toBe(code);
    const { body } = await resident('GET', `places/${code}`);
    expect(body.place).toEqual([
      { 'zh-CN': '区域 b1', en: 'Area b1' },
      { 'zh-CN': '区域 c1', en: 'Area c1' },
    ]);
    const codes = body.categories.map((one: { code: string }) => one.code);
    expect(codes).toContain('lighting-broken');
    expect(codes).not.toContain('lift-trapped');
    expect(codes).not.toContain('elderly-visit');
    const next = await codeOf('b1', { renew: true });
    expect(next).not.toBe(code);
    expect((await resident('GET', `places/${code}`)).status).toBe(404);
    const { items } = (await as('boss', 'GET', 'resident-places')).body;
    expect(items).toMatchObject([{ areaId: 'b1', code: next, reportsOpen: true }]);
  });

  it('takes no reports where they are switched off, and still shows what is known', async () => {
    const code = await codeOf('b1', { reportsOpen: false });
    expect((await resident('GET', `places/${code}`)).body).toMatchObject({ reportsOpen: false, categories: [] });
    expect((await resident('POST', `places/${code}/reports`, { body: aReport() })).body.code).toBe(
      'action-not-allowed',
    );
  });

  it('cannot be searched for', async () => {
    const address = '10.9.9.9';
    const ask = (code: string) => resident('GET', `places/${code}`, { address });
    const answers = await Promise.all(Array.from({ length: 45 }, (_, n) => ask(`wrong${n}`)));
    // At once they may all be let in before the first is counted; the next is not.
    expect(answers.filter(({ status }) => status !== 404 && status !== 429)).toEqual([]);
    expect((await ask('wrong')).status).toBe(429);
    const code = await codeOf('b1');
    expect((await ask(code)).status).toBe(429);
    expect((await resident('GET', `places/${code}`)).status).toBe(200);
  });
});

describe('a report', () => {
  it('becomes a case with somebody sent, once, however often and at once it is sent', async () => {
    const code = await codeOf('b1');
    const body = aReport({ placement: 'third floor', phone: '+86 138 0000 1234' });
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => resident('POST', `places/${code}/reports`, { body })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body: { number } }) => number)).size).toBe(1);
    expect(answers[0]!.body).toMatchObject({ kind: 'report', folded: false, step: 'received', phone: true });
    const { db } = gateway.database;
    const number = Number((answers[0]!.body.number as string).slice(3));
    const order = await db
      .selectFrom('workOrders')
      .selectAll()
      .where('sequence', '=', number)
      .executeTakeFirstOrThrow();
    expect(order).toMatchObject({
      source: 'resident',
      areaId: 'b1',
      category: 'lighting-broken',
      assigneeId: people.get('guard')!.id,
      description: body.description,
      placement: 'third floor',
    });
    const link = await db
      .selectFrom('residentLinks')
      .selectAll()
      .where('workOrderId', '=', order.id)
      .executeTakeFirstOrThrow();
    const told = JSON.stringify([
      await db.selectFrom('auditTrail').selectAll().execute(),
      await db.selectFrom('outbox').selectAll().execute(),
      link,
      order,
      await db.selectFrom('residentPhones').selectAll().execute(),
    ]);
    // The number and the token are nowhere as they are.
    for (const secret of ['138 0000', body.token]) expect(told).not.toContain(secret);
    const view = await as('guard', 'GET', `work-orders/${order.id}/residents`);
    expect(view.body.links).toMatchObject([{ kind: 'report', words: body.description, phone: true, rating: null }]);
    const asked = await as('guard', 'POST', `work-orders/${order.id}/residents/${link.id}/phone`);
    expect(asked.body).toEqual({ phone: '+86 138 0000 1234' });
    expect((await as('elsewhere', 'GET', `work-orders/${order.id}/residents`)).status).toBe(404);
    expect((await as('elsewhere', 'POST', `work-orders/${order.id}/residents/${link.id}/phone`)).status).toBe(404);
    expect((await resident('DELETE', 'case/phone', { token: body.token })).body.phone).toBe(false);
    expect((await as('guard', 'POST', `work-orders/${order.id}/residents/${link.id}/phone`)).status).toBe(404);
  });

  it.each([
    ['no words', { description: '   ' }, 400],
    ['too many words', { description: 'x'.repeat(1001) }, 400],
    ['NUL', { description: 'a\0b' }, 400],
    ['a kind that is not for residents', { category: 'elderly-visit' }, 400],
    ['a kind that does not exist', { category: 'no-such-kind' }, 400],
    ['a short token', { token: 'abc' }, 400],
    ['a token that is too long', { token: 'A'.repeat(23) }, 400],
    ['a phone that is none', { phone: '<script>' }, 400],
    ['a language that is none', { locale: 'xx' as 'en' }, 400],
    ['a field that people do not see', { website: 'http://spam' }, 400],
    ['no time to write', { openedAt: new Date(begin).toISOString() }, 429],
    ['an hour that has not come', { openedAt: new Date(begin + 3_600_000).toISOString() }, 429],
  ])('is refused with %s, and leaves nothing', async (_, more, status) => {
    const code = await codeOf('b1');
    const before = await count();
    expect((await resident('POST', `places/${code}/reports`, { body: aReport(more) })).status).toBe(status);
    expect(await count()).toBe(before);
  });
  const count = async () =>
    (await gateway.database.db.selectFrom('workOrders').select('id').where('source', '=', 'resident').execute()).length;

  it('keeps words as words, whatever they say', async () => {
    const code = await codeOf('b1');
    const words = `<img src=x onerror=alert(1)> '; drop table people; -- ${'测'.repeat(200)}`;
    const { token } = await reported(code, { description: words });
    expect((await shownTo(token)).words).toBe(words);
  });

  it('is part of the newest case when a storm of the same comes, and its resident follows that', async () => {
    const code = await codeOf('b1');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        resident('POST', `places/${code}/reports`, {
          body: aReport({ category: 'lift-fault', description: `lift ${n}` }),
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    const numbers = answers.map(({ body }) => body.number as string);
    expect(new Set(numbers).size).toBe(3);
    expect(answers.filter(({ body }) => body.folded)).toHaveLength(5);
  });

  it('is refused when a place or an address sends too many', async () => {
    const code = await codeOf('b1');
    const { linkId } = await reported(code, { category: 'road-dirty' });
    const { db } = gateway.database;
    const link = await db.selectFrom('residentLinks').selectAll().where('id', '=', linkId).executeTakeFirstOrThrow();
    const others = Array.from({ length: 58 }, () => ({ ...link, id: randomUUID(), tokenHash: null }));
    await db.insertInto('residentLinks').values(others).execute();
    const send = () => resident('POST', `places/${code}/reports`, { body: aReport({ category: 'road-dirty' }) });
    expect([(await send()).status, (await send()).status]).toEqual([201, 429]);
    const code2 = await codeOf('b2');
    const fromOne = await Promise.all(
      Array.from({ length: 45 }, () =>
        resident('POST', `places/${code2}/reports`, { body: aReport({ website: 'spam' }), address: '10.1.0.1' }),
      ),
    );
    expect(fromOne.filter(({ status }) => status === 429)).toHaveLength(5);
  });

  it('takes three photos and no more, without what they say of place, and nothing that is no photo', async () => {
    const code = await codeOf('b1');
    const { token, orderId } = await reported(code);
    expect(await upload(token, aPng('one'), 'request-1')).toBe(204);
    expect(await upload(token, aPng('one'), 'request-1')).toBe(204);
    expect(await upload(token, Buffer.from('<svg onload=alert(1)>'), 'request-x')).toBe(415);
    expect(await upload(newToken(), aPng('two'), 'request-2')).toBe(404);
    for (const n of ['two', 'three', 'four']) await upload(token, aPng(n), `request-${n}`);
    const rows = await gateway.database.db
      .selectFrom('attachments')
      .selectAll()
      .where('workOrderId', '=', orderId)
      .execute();
    expect(rows).toHaveLength(3);
    const detail = await as('guard', 'GET', `work-orders/${orderId}`);
    expect(detail.body.attachments).toMatchObject(Array(3).fill({ uploadedBy: null, kind: 'before' }));
    const file = await fetch(`${gateway.url}/api/v1/attachments/${rows[0]!.id}`, {
      headers: { cookie: cookies.get('guard')! },
    });
    expect(Buffer.from(await file.arrayBuffer()).includes('place 31.2')).toBe(false);
  });
});

describe('what is known already', () => {
  it('is shown without words, people, alarms or danger to life, and followed instead', async () => {
    const code = await codeOf('b1');
    const { orderId } = await reported(code, {
      category: 'entrance-damaged',
      placement: 'flat 402',
      description: 'Mr Li broke it',
    });
    const hidden = await reported(code, { category: 'pipe-leaking' });
    await gateway.database.db
      .updateTable('workOrders')
      .set({ severity: 'extreme' })
      .where('id', '=', hidden.orderId)
      .execute();
    const place = (await resident('GET', `places/${code}`)).body;
    const known = place.known.find(({ id }: { id: string }) => id === orderId);
    expect(known).toEqual({
      id: orderId,
      category: 'entrance-damaged',
      title: expect.anything(),
      step: 'received',
      since: new Date(now).toISOString(),
      here: true,
    });
    expect(JSON.stringify(place)).not.toMatch(/flat 402|Mr Li/);
    expect(place.known.some(({ id }: { id: string }) => id === hidden.orderId)).toBe(false);
    const token = newToken();
    const follow = (caseId: string) =>
      resident('POST', `places/${code}/follows`, { body: { token, caseId, locale: 'en' } });
    expect((await follow(hidden.orderId)).status).toBe(404);
    const followed = await follow(orderId);
    expect(followed).toMatchObject({
      status: 201,
      body: { kind: 'follow', words: null, placement: null, step: 'received' },
    });
    expect((await follow(orderId)).body.number).toBe(followed.body.number);
    // Elsewhere it is neither shown nor followed.
    const far = await codeOf('b2');
    expect(
      (await resident('POST', `places/${far}/follows`, { body: { token: newToken(), caseId: orderId, locale: 'en' } }))
        .status,
    ).toBe(404);
  });

  it('counts what lies within a hundred metres', async () => {
    const { db } = gateway.database;
    const box = (longitude: number) =>
      json({
        type: 'Polygon' as const,
        coordinates: [
          [
            [longitude, 31],
            [longitude + 0.0002, 31],
            [longitude + 0.0002, 31.0002],
            [longitude, 31.0002],
            [longitude, 31],
          ] as [number, number][],
        ],
      });
    await db
      .updateTable('areas')
      .set({ shape: box(121) })
      .where('id', '=', 'b1')
      .execute();
    await db
      .updateTable('areas')
      .set({ shape: box(121.0009) })
      .where('id', '=', 'b2')
      .execute();
    const { orderId } = await reported(await codeOf('b1'), { category: 'green-littered' });
    const seen = async () =>
      (await resident('GET', `places/${await codeOf('b2')}`)).body.known.find(
        ({ id }: { id: string }) => id === orderId,
      );
    expect(await seen()).toMatchObject({ here: false });
    await db
      .updateTable('areas')
      .set({ shape: box(121.002) })
      .where('id', '=', 'b2')
      .execute();
    expect(await seen()).toBeUndefined();
  });
});

describe('a private link', () => {
  it('leads nowhere without its token', async () => {
    expect((await resident('GET', 'case')).status).toBe(404);
    expect((await resident('GET', 'case', { token: newToken() })).status).toBe(404);
    expect((await resident('GET', 'case', { token: '../../../etc/passwd' })).status).toBe(404);
  });

  it('carries questions and answers, and a photo only once staff show it', async () => {
    const code = await codeOf('b1');
    const { token, orderId } = await reported(code);
    const other = newToken();
    await resident('POST', `places/${code}/follows`, { body: { token: other, caseId: orderId, locale: 'en' } });
    const ask = { requestId: 'question-1', kind: 'question', words: 'Which floor?' };
    expect((await as('guard', 'POST', `work-orders/${orderId}/residents/messages`, ask)).status).toBe(200);
    await as('guard', 'POST', `work-orders/${orderId}/residents/messages`, ask);
    const reply = { requestId: 'reply-0001', words: 'The third' };
    await resident('POST', 'case/replies', { token, body: reply });
    await resident('POST', 'case/replies', { token, body: reply });
    expect((await shownTo(token)).messages.map(({ kind, words }) => [kind, words])).toEqual([
      ['question', 'Which floor?'],
      ['reply', 'The third'],
    ]);
    // What one resident says the others do not read.
    expect((await shownTo(other)).messages).toHaveLength(1);
    const view = (await as('guard', 'GET', `work-orders/${orderId}/residents`)).body;
    expect(view.messages).toMatchObject([{ by: 'Name of guard' }, { by: null, words: 'The third' }]);

    await upload(token, aPng('dark'), 'request-1');
    const [photo] = await gateway.database.db
      .selectFrom('attachments')
      .selectAll()
      .where('workOrderId', '=', orderId)
      .execute();
    const look = () => resident('GET', `case/photos/${photo!.id}`, { token });
    expect((await look()).status).toBe(404);
    const publish = (who: string, shown: boolean) =>
      as(who, 'PUT', `work-orders/${orderId}/residents/photos/${photo!.id}`, { public: shown });
    expect((await publish('guard', true)).status).toBe(403);
    expect((await publish('boss', true)).body.publicPhotos).toEqual([photo!.id]);
    expect((await look()).status).toBe(200);
    expect((await resident('GET', `case/photos/${photo!.id}`, { token: newToken() })).status).toBe(404);
    expect((await publish('boss', false)).status).toBe(200);
    expect((await look()).status).toBe(404);
    const actions = await gateway.database.db
      .selectFrom('auditTrail')
      .select('action')
      .where('subjectId', '=', orderId)
      .orderBy('sequence')
      .execute();
    const told = actions.map(({ action }) => action).filter((action) => action.startsWith('resident-case.'));
    expect(told).toEqual(['resident-case.asked', 'resident-case.photo-shown', 'resident-case.photo-hidden']);
  });

  it('says whether it is solved, rates, and goes on with a new case when it was not', async () => {
    const code = await codeOf('b1');
    const { token, orderId } = await reported(code);
    const other = newToken();
    await resident('POST', `places/${code}/follows`, { body: { token: other, caseId: orderId, locale: 'en' } });
    const judge = (whose: string, solved: boolean, requestId: string) =>
      resident('POST', 'case/verdicts', { token: whose, body: { requestId, solved, words: 'Still dark' } });
    expect((await judge(token, false, 'verdict-00')).body.code).toBe('action-not-allowed');
    expect((await resident('PUT', 'case/rating', { token, body: { score: 5 } })).body.code).toBe('action-not-allowed');
    await moveTo(orderId, 'reported');
    // Before it is closed staff decide.
    expect((await judge(token, false, 'verdict-01')).body).toMatchObject({ step: 'checking', continues: null });
    await moveTo(orderId, 'closed');
    expect((await resident('PUT', 'case/rating', { token, body: { score: 2, words: 'Slow' } })).body.rating).toEqual({
      score: 2,
      words: 'Slow',
    });
    expect((await resident('PUT', 'case/rating', { token, body: { score: 6 } })).status).toBe(400);
    const first = (await shownTo(token)).number;
    const [again, twice] = await Promise.all([judge(token, false, 'verdict-02'), judge(token, false, 'verdict-02')]);
    expect(again!.body).toMatchObject({ step: 'received', continues: first, folded: false });
    expect(twice!.body.number).toBe(again!.body.number);
    // Whoever else says so joins the same new case.
    expect((await judge(other, false, 'verdict-03')).body.number).toBe(again!.body.number);
    const view = (await as('boss', 'GET', `work-orders/${orderId}/residents`)).body;
    expect(view.continuedBy.number).toBe(again!.body.number);
    expect(view.links).toMatchObject([{ rating: { score: 2, words: 'Slow' } }]);
    const next = (await as('boss', 'GET', `work-orders/${view.continuedBy.id}/residents`)).body;
    expect(next).toMatchObject({ continues: { id: orderId }, links: [{ kind: 'report' }, { kind: 'follow' }] });
  });

  it('is unread to each of the staff until they had it on the screen, and tells those who handle it once', async () => {
    const { db } = gateway.database;
    const { token, orderId } = await reported(await codeOf('b1'));
    const path = `work-orders/${orderId}/residents`;
    const unread = async (login: string) => {
      const { messages, links } = (await as(login, 'GET', path)).body as OrderResidents;
      return [messages.filter((one) => one.unread).length, links.filter((one) => one.rating?.unread).length];
    };
    const signs = async () => {
      const rows = await db
        .selectFrom('outbox')
        .select('payload')
        .where('subjectId', '=', orderId)
        .orderBy('position')
        .execute();
      return rows.flatMap(({ payload }) => ('resident' in payload ? [payload.resident] : []));
    };
    const reply = (requestId: string) =>
      resident('POST', 'case/replies', { token, body: { requestId, words: 'The third floor' } });
    await reply('reply-0001');
    await reply('reply-0001');
    expect([await unread('guard'), await unread('boss')]).toEqual([
      [1, 0],
      [1, 0],
    ]);
    const until = new Date(now).toISOString();
    expect((await as('elsewhere', 'PUT', `${path}/seen`, { until })).status).toBe(404);
    expect((await as('guard', 'PUT', `${path}/seen`, { until })).status).toBe(200);
    expect([await unread('guard'), await unread('boss')]).toEqual([
      [0, 0],
      [1, 0],
    ]);
    // A clock that is ahead does not hide what comes later, and an older look takes nothing back.
    await as('guard', 'PUT', `${path}/seen`, { until: new Date(now + day).toISOString() });
    await as('guard', 'PUT', `${path}/seen`, { until: new Date(0).toISOString() });
    now += 60_000;
    await reply('reply-0002');
    expect(await unread('guard')).toEqual([1, 0]);
    await moveTo(orderId, 'closed');
    const rate = (score: number) => resident('PUT', 'case/rating', { token, body: { score } });
    for (const score of [2, 1, 4, 2]) expect((await rate(score)).status).toBe(200);
    expect(await unread('guard')).toEqual([1, 1]);
    for (const requestId of ['verdict-01', 'verdict-01'])
      await resident('POST', 'case/verdicts', { token, body: { requestId, solved: false } });
    expect(await signs()).toEqual(['replied', 'replied', 'rated-badly', 'rated-badly', 'reopened']);
  });

  it('reopens for fourteen days and no longer', async () => {
    const { token, orderId } = await reported(await codeOf('b1'));
    await moveTo(orderId, 'closed');
    now += 14 * day + 1000;
    const answer = await resident('POST', 'case/verdicts', { token, body: { requestId: 'verdict-01', solved: false } });
    expect(answer.body.code).toBe('action-not-allowed');
  });

  it('follows a merged order to the one that remains', async () => {
    const code = await codeOf('b1');
    const one = await reported(code);
    const two = await reported(code);
    const orders = gateway.app.get(WorkOrdersService, { strict: false });
    const boss = people.get('boss')!;
    const merged = await orders.act(boss, two.orderId, 'merge', {
      requestId: 'merge-0001',
      note: 'the same',
      attachmentIds: [],
      intoId: one.orderId,
    });
    expect(merged.ok).toBe(true);
    expect((await shownTo(two.token)).number).toBe(one.shown.number);
    await keeper.sweepOnce();
    now += 100 * day;
    await keeper.sweepOnce();
    // The one that remains is open: so is the link.
    expect((await shownTo(two.token)).number).toBe(one.shown.number);
  });
});

describe('what is kept only for a time', () => {
  it('goes when its time is over: the number, then the link, then the words', async () => {
    const { db } = gateway.database;
    const { token, orderId, linkId } = await reported(await codeOf('b1'), {
      phone: '13800001234',
      placement: 'flat 402',
    });
    await resident('POST', 'case/replies', { token, body: { requestId: 'reply-0001', words: 'I am Li' } });
    await moveTo(orderId, 'closed');
    await resident('PUT', 'case/rating', { token, body: { score: 4, words: 'Thanks, Li' } });
    const phones = () => db.selectFrom('residentPhones').select('linkId').where('linkId', '=', linkId).execute();
    now += 29 * day;
    await keeper.sweepOnce();
    expect(await phones()).toHaveLength(1);
    now += 2 * day;
    await keeper.sweepOnce();
    expect(await phones()).toHaveLength(0);
    expect((await shownTo(token)).words).not.toBeNull();
    now += 60 * day;
    await keeper.sweepOnce();
    expect((await resident('GET', 'case', { token })).status).toBe(404);
    now += 1095 * day;
    await keeper.sweepOnce();
    await keeper.sweepOnce();
    const kept = JSON.stringify([
      await db.selectFrom('workOrders').selectAll().where('id', '=', orderId).execute(),
      await db.selectFrom('residentLinks').selectAll().where('id', '=', linkId).execute(),
      await db.selectFrom('residentMessages').selectAll().where('linkId', '=', linkId).execute(),
      await db.selectFrom('residentRatings').selectAll().where('linkId', '=', linkId).execute(),
    ]);
    expect(kept).not.toMatch(/flat 402|I am Li|Thanks|third floor is dark/);
    expect(kept).toContain('"score":4');
  });
});

describe('announcements', () => {
  it('are shown from their begin to their end to the places below their area', async () => {
    const code = await codeOf('b1');
    const text = (en: string) => ({ 'zh-CN': `中文 ${en}`, en });
    const written = {
      areaId: 'g1',
      title: text('No water'),
      words: text('From nine to noon'),
      beginsAt: new Date(now + day).toISOString(),
      endsAt: new Date(now + 2 * day).toISOString(),
    };
    expect((await as('elsewhere', 'POST', 'announcements', written)).status).toBe(404);
    expect((await as('boss', 'POST', 'announcements', { ...written, endsAt: written.beginsAt })).status).toBe(400);
    const added = await as('boss', 'POST', 'announcements', written);
    expect(added).toMatchObject({ status: 201, body: { state: 'planned', madeBy: 'Name of boss' } });
    const shown = async (place: string) =>
      (await resident('GET', `places/${place}`)).body.announcements.map(
        ({ title }: { title: { en: string } }) => title.en,
      );
    expect(await shown(code)).toEqual([]);
    now += 1.5 * day;
    expect(await shown(code)).toEqual(['No water']);
    expect(await shown(await codeOf('b2'))).toEqual([]);
    const { id } = added.body;
    await as('boss', 'PUT', `announcements/${id}`, { ...written, title: text('Water again') });
    expect(await shown(code)).toEqual(['Water again']);
    expect((await as('elsewhere', 'DELETE', `announcements/${id}`)).status).toBe(404);
    expect((await as('boss', 'DELETE', `announcements/${id}`)).status).toBe(204);
    expect(await shown(code)).toEqual([]);
  });
});
