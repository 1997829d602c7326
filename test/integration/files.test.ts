import { randomUUID } from 'node:crypto';
import type { Person } from '@sc/contracts';
import { json } from '@sc/platform/database';
import { StoredFiles } from '@sc/platform/files';
import { AttachmentFiles } from '../../libs/features/work-orders/attachment-files.js';
import { AttachmentKeeper } from '../../libs/features/work-orders/attachment-keeper.js';
import { aPerson } from '../support/builders.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';
import { aJpeg, aPng } from '../support/pictures.js';

const dayMs = 86_400_000;
let d: TestDispatch;
let operator: Person;
let orderId: string;

const find = <T>(type: new (...args: never[]) => T): T => d.module.get(type, { strict: false });
const person = async (role: Person['role'], areaId: string): Promise<Person> => {
  const id = randomUUID();
  await aPerson(d.db, { id, role, areaId });
  return d.personById(id);
};
const attach = async (bytes: Buffer, fields = {}, who = operator) => {
  const result = await d.attachments.attach(who, orderId, bytes, fields);
  if (!result.ok) throw new Error(result.reason.en);
  return result.attachment;
};
const endOrder = (closedAt: number) =>
  d.db
    .updateTable('workOrders')
    .set({ state: 'closed', closedAt: new Date(closedAt) })
    .where('id', '=', orderId)
    .execute();
const row = (id: string) => d.db.selectFrom('attachments').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const hash = ({ sha256 }: { sha256: string }) => Buffer.from(sha256, 'hex');

beforeAll(async () => {
  d = await startDispatch({ CASE_FILES_DAYS: 30 });
  operator = await person('operator', 'c1');
  await d.raise();
  await d.run();
  orderId = (await d.order()).id;
});
afterAll(() => d.stop());

it('one request is one upload, whatever the network does, and tells when and where it was made', async () => {
  const fields = {
    requestId: randomUUID(),
    kind: 'before' as const,
    takenAt: '2026-01-01T08:00:00.000Z',
    longitude: 121.4,
    latitude: 31.2,
  };
  const answers = await Promise.all([attach(aPng('a'), fields), attach(aPng('a'), fields), attach(aPng('b'), fields)]);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect(answers[0]).toMatchObject({
    kind: 'before',
    takenAt: fields.takenAt,
    position: [121.4, 31.2],
    width: 1,
    height: 1,
  });
  // Another person's request of the same name is another request.
  const other = await attach(aPng('c'), { requestId: fields.requestId }, await person('manager', 'c1'));
  expect(other.id).not.toBe(answers[0]!.id);
});

it('only those who may see the case see its files: not after it was given to somebody else', async () => {
  const { id } = await attach(aJpeg());
  const [passing, elsewhere] = [await person('officer', 'g2'), await person('operator', 'g2')];
  const files = find(AttachmentFiles);
  const sees = async (who: Person) =>
    [await files.read(who, id), await files.thumbnail(who, id)].map((file) => file !== undefined);
  await d.db.updateTable('workOrders').set({ assigneeId: passing.id }).where('id', '=', orderId).execute();
  expect([await sees(passing), await sees(elsewhere)]).toEqual([
    [true, true],
    [false, false],
  ]);
  await d.db.updateTable('workOrders').set({ assigneeId: null }).where('id', '=', orderId).execute();
  expect(await sees(passing)).toEqual([false, false]);
});

it('a thumbnail is made once and kept', async () => {
  const { id } = await attach(aJpeg());
  const files = find(AttachmentFiles);
  const [first, again] = [await files.thumbnail(operator, id), await files.thumbnail(operator, id)];
  expect(first?.mediaType).toBe('image/webp');
  expect(again).toEqual(first);
});

it('what was uploaded and never named goes after a day; what is named stays', async () => {
  const stored = find(StoredFiles);
  const [lost, named] = [await stored.put(Buffer.from('nobody')), hash(await attach(aPng('named')))];
  await find(AttachmentKeeper).sweepOnce();
  expect(await d.files.get(lost)).toBeDefined();
  d.clock.advance(dayMs + 1);
  // Uploaded once more just now: it waits for its name another day.
  const again = await stored.put(Buffer.from('once more'));
  await find(AttachmentKeeper).sweepOnce();
  expect([await d.files.get(lost), await d.files.get(again)].map((file) => file !== undefined)).toEqual([false, true]);
  expect(await d.files.get(named)).toBeDefined();
});

it('files of an ended case expire, once, and leave their hash; a content that somebody else names stays', async () => {
  const [shared, own] = [await attach(aPng('shared')), await attach(aPng('own'))];
  await find(AttachmentFiles).thumbnail(operator, own.id);
  const small = (await row(own.id)).thumbnailSha256!;
  const { id: deviceId } = await d.db.selectFrom('devices').select('id').executeTakeFirstOrThrow();
  const at = new Date(d.clock.now());
  const picture = { id: randomUUID(), deviceId, pictureKey: 'same', source: json({}), takenAt: at, createdAt: at };
  await d.db
    .insertInto('pictures')
    .values({ ...picture, state: 'stored', sha256: hash(shared) })
    .execute();
  await endOrder(d.clock.now());
  d.clock.advance(29 * dayMs);
  await find(AttachmentKeeper).sweepOnce();
  expect((await row(own.id)).expiredAt).toBeNull();
  d.clock.advance(2 * dayMs);
  const keepers = [find(AttachmentKeeper), find(AttachmentKeeper)];
  await Promise.all(keepers.map((keeper) => keeper.sweepOnce()));
  await keepers[0]!.sweepOnce();
  const [gone, kept] = [await row(own.id), await row(shared.id)];
  expect([gone.expiredAt, kept.expiredAt].every(Boolean)).toBe(true);
  expect([gone.sha256.toString('hex'), gone.thumbnailSha256]).toEqual([own.sha256, null]);
  expect([await d.files.get(hash(own)), await d.files.get(small)]).toEqual([undefined, undefined]);
  expect(await d.files.get(hash(shared))).toBeDefined();
  expect(await find(AttachmentFiles).read(operator, own.id)).toBeUndefined();
});
