import { randomUUID } from 'node:crypto';
import type { Person } from '@sc/contracts';
import { auditHash, genesisHash } from '@sc/platform/database';
import { AttachmentFiles } from '../../libs/features/work-orders/attachment-files.js';
import { aPerson, aShift } from '../support/builders.js';
import { aPng } from '../support/pictures.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';

/** Of another grid and not on shift: nobody calls them. */
const elsewhere = '99999999-9999-4999-8999-999999999999';

let d: TestDispatch;
let officer: Person;
let colleague: Person;
let operator: Person;
let stranger: Person;
let alarm: string;

beforeEach(async () => {
  d = await startDispatch();
  const make = async (role: Person['role'], areaId: string, id: string, shift?: string) => {
    await aPerson(d.db, { id, role, areaId });
    if (shift) await aShift(d.db, id, shift);
    return d.personById(id);
  };
  officer = await make('officer', 'g1', '11111111-1111-4111-8111-111111111111', 'g1');
  colleague = await make('officer', 'g1', '22222222-2222-4222-8222-222222222222', 'g1');
  operator = await make('operator', 'c1', randomUUID());
  stranger = await make('officer', 'g2', randomUUID(), 'g2');
  alarm = await d.raise();
  await d.run();
});
afterEach(() => d.stop());

const photo = async (person: Person, text = 'door') => {
  const result = await d.attachments.attach(person, (await d.order()).id, aPng(text));
  if (!result.ok) throw new Error(result.code);
  return result.attachment.id;
};
const steps = async () => {
  const rows = await d.db.selectFrom('workOrderSteps').selectAll().orderBy('id').execute();
  return rows.map(({ action }) => action);
};
const toReported = async () => {
  await d.act(officer, 'accept');
  await d.act(officer, 'start');
  const report = { note: 'false alarm: cooking', attachmentIds: [await photo(officer)] };
  expect(await d.act(officer, 'report', report)).toEqual({ ok: true, state: 'reported' });
};

describe('an order', () => {
  it('goes from alarm to closed, and its story tells who, when and with what proof', async () => {
    await toReported();
    await d.run();
    expect((await d.act(operator, 'verify')).ok).toBe(true);
    expect((await d.act(operator, 'close')).ok).toBe(true);
    await d.clear(alarm);
    await d.run();
    const { id } = await d.order();
    const detail = await d.reader.detail(operator, id);
    expect(detail).toMatchObject({
      number: 'WO-000001',
      state: 'closed',
      allowedActions: ['evaluate'],
      assigneeName: officer.name,
    });
    expect(detail.closedAt).not.toBeNull();
    const told = detail.timeline.filter(({ kind }) => kind === 'work-order');
    expect(told.map(({ action, actorName }) => [action, actorName])).toEqual([
      ['register', null],
      ['dispatch', null],
      ['accept', officer.name],
      ['start', officer.name],
      ['report', officer.name],
      ['verify', operator.name],
      ['close', operator.name],
    ]);
    const notices = detail.timeline.filter(({ kind }) => kind === 'notification');
    const notified = (action: string) =>
      notices
        .filter((notice) => notice.action === action)
        .map(({ data }) => data.personName)
        .sort();
    expect([...new Set(notices.map(({ action }) => action))]).toEqual([
      'life-safety-call',
      'work-order-taken',
      'work-order-reported',
    ]);
    // Danger to life: everybody on shift in the community is called at once, and told who goes.
    expect(notified('life-safety-call')).toEqual([officer.name, colleague.name, stranger.name].sort());
    expect(notified('work-order-taken')).toEqual([colleague.name, stranger.name].sort());
    expect(notified('work-order-reported')).toEqual([operator.name]);
    expect(detail.attachments).toMatchObject([{ mediaType: 'image/png', uploadedBy: officer.name }]);
    expect(detail.alarms).toMatchObject([{ id: alarm, workOrderId: id }]);
  });

  it('accepted by two at once has one winner, and one clear refusal', async () => {
    const answers = await Promise.all([d.act(officer, 'accept'), d.act(colleague, 'accept')]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toMatchObject([{ code: 'already-accepted' }]);
    expect((await steps()).filter((action) => action === 'accept')).toHaveLength(1);
    const winner = answers[0]!.ok ? officer : colleague;
    expect(await d.order()).toMatchObject({ assigneeId: winner.id, handlerId: winner.id, acceptBy: null });
  });

  it('accepted while it goes up the chain is either accepted or passed on, never both', async () => {
    for (let round = 0; round < 10; round += 1) {
      const order = await d.order();
      d.clock.advance(order.acceptWithinSeconds * 1000);
      const [answer] = await Promise.all([d.act(officer, 'accept'), d.run()]);
      const after = await d.order();
      expect(answer.ok).toBe(true);
      expect(after).toMatchObject({ state: 'accepted', assigneeId: officer.id });
      await d.act(operator, 'void', { note: 'next round' });
      await d.raise();
      await d.run();
    }
  });

  it('does the same request once, ten times at once or later', async () => {
    const requestId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => d.act(officer, 'accept', { requestId })));
    expect(answers).toEqual(Array.from({ length: 10 }, () => ({ ok: true, state: 'accepted' })));
    expect((await steps()).filter((action) => action === 'accept')).toHaveLength(1);
    expect(await d.act(officer, 'start', { requestId })).toMatchObject({ code: 'conflict' });
    expect(await d.act(colleague, 'accept', { requestId })).toMatchObject({ code: 'conflict' });
  });

  it('is verified by somebody else than its handler, whatever their role', async () => {
    const manager = await d.personById(await aPerson(d.db, { role: 'manager', areaId: 'c1' }));
    await d.act(manager, 'accept');
    await d.act(manager, 'start');
    await d.act(manager, 'report', { note: 'seen', attachmentIds: [await photo(manager)] });
    for (const action of ['verify', 'rework'] as const)
      expect(await d.act(manager, action, { note: 'mine' })).toMatchObject({ code: 'handler-may-not-verify' });
    expect(await d.act(colleague, 'verify')).toMatchObject({ code: 'forbidden' });
    expect(await d.act(operator, 'verify')).toEqual({ ok: true, state: 'verified' });
  });

  it('asks for a note, and for a photo of its own', async () => {
    await d.act(officer, 'accept');
    await d.act(officer, 'start');
    const id = await photo(officer);
    expect(await d.act(officer, 'report', { attachmentIds: [id] })).toMatchObject({ code: 'note-required' });
    expect(await d.act(officer, 'report', { note: 'done' })).toMatchObject({ code: 'photo-required' });
    const foreign = { note: 'done', attachmentIds: [randomUUID()] };
    expect(await d.act(officer, 'report', foreign)).toMatchObject({ code: 'invalid-request' });
    expect((await d.act(officer, 'report', { note: 'done', attachmentIds: [id, id] })).ok).toBe(true);
    expect(await d.act(operator, 'rework')).toMatchObject({ code: 'note-required' });
    expect(await d.act(operator, 'void')).toMatchObject({ code: 'note-required' });
  });

  it('comes back to the same hands for rework, and they are told', async () => {
    await toReported();
    expect(await d.act(operator, 'rework', { note: 'show the detector' })).toEqual({ ok: true, state: 'in-hand' });
    await d.run();
    expect(await d.order()).toMatchObject({ state: 'in-hand', assigneeId: officer.id });
    const told = await d.db.selectFrom('notifications').selectAll().where('kind', '=', 'work-order-rework').execute();
    expect(told).toMatchObject([{ personId: officer.id }]);
    expect((await d.act(officer, 'report', { note: 'shown', attachmentIds: [await photo(officer)] })).ok).toBe(true);
  });

  it('does not exist for people of another area, until the chain leads to them', async () => {
    // Of danger to life everybody on shift would know at once.
    await d.raise({ severity: 'moderate' });
    await d.run();
    const { id } = await d.order();
    expect(await d.act(stranger, 'accept')).toMatchObject({ code: 'not-found' });
    await expect(d.reader.detail(stranger, id)).rejects.toMatchObject({ code: 'not-found' });
    const query = { state: 'all', assignee: 'anyone', limit: 50 } as const;
    const seen = async () => (await d.reader.list(stranger, query)).items.filter((order) => order.id === id);
    expect(await seen()).toEqual([]);
    for (let level = 0; level < 2; level += 1) {
      d.clock.advance((await d.order()).acceptWithinSeconds * 1000);
      await d.run();
    }
    expect(await seen()).toMatchObject([{ id, allowedActions: ['accept', 'return', 'invite', 'note'] }]);
    expect((await d.act(stranger, 'accept')).ok).toBe(true);
  });

  it('offers exactly the steps that would be taken', async () => {
    const { id } = await d.order();
    const offered = async (person: Person) => (await d.reader.detail(person, id)).allowedActions;
    expect(await offered(officer)).toEqual(['accept', 'return', 'invite', 'note']);
    expect(await offered(operator)).toEqual(['void', 'assign', 'suspend', 'urge', 'merge', 'invite', 'note']);
    await toReported();
    expect(await offered(officer)).toEqual(['note']);
    expect(await offered(operator)).toEqual(['verify', 'rework', 'void', 'urge', 'merge', 'note']);
  });

  it('leaves an unbroken audit trail', async () => {
    await toReported();
    const rows = await d.db.selectFrom('auditTrail').selectAll().orderBy('sequence').execute();
    expect(rows.map(({ action }) => action)).toEqual([
      'incident.opened',
      'work-order.register',
      'work-order.dispatch',
      'work-order.accept',
      'work-order.start',
      'work-order.photo-added',
      'work-order.report',
    ]);
    let previous: Buffer = genesisHash;
    for (const row of rows) {
      const record = {
        actor: { kind: row.actorKind, id: row.actorId },
        action: row.action,
        subjectType: row.subjectType,
        subjectId: row.subjectId,
        change: row.change,
      };
      expect(row.hash.equals(auditHash(previous, row.sequence, row.at, record))).toBe(true);
      previous = row.hash;
    }
  });
});

describe('a photo', () => {
  it('is kept once, without its metadata, and only for those who may see the order', async () => {
    const [one, two] = await Promise.all([photo(officer), photo(officer)]);
    expect(one).toBe(two);
    expect(await photo(colleague)).toBe(one);
    const files = d.module.get(AttachmentFiles, { strict: false });
    const kept = await files.read(operator, one);
    expect(kept?.mediaType).toBe('image/png');
    expect(kept?.bytes.includes('place 31.2')).toBe(false);
    await aPerson(d.db, { id: elsewhere, role: 'officer', areaId: 'g2' });
    expect(await files.read(await d.personById(elsewhere), one)).toBeUndefined();
    const refused = await d.attachments.attach(await d.personById(elsewhere), (await d.order()).id, aPng('x'));
    expect(refused).toMatchObject({ code: 'not-found' });
  });

  it('is refused when it is something else, too large, or the order is final', async () => {
    const { id } = await d.order();
    const attach = (bytes: Buffer) => d.attachments.attach(officer, id, bytes);
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('<svg onload=alert(1)>'),
      Buffer.from('GIF89a'),
      aPng('x').subarray(0, 40),
    ])
      expect(await attach(bytes)).toMatchObject({ code: 'unsupported-media' });
    expect(await attach(Buffer.alloc(10 * 1024 * 1024 + 1))).toMatchObject({ code: 'too-large' });
    await d.act(operator, 'void', { note: 'toast' });
    expect(await attach(aPng('late'))).toMatchObject({ code: 'action-not-allowed' });
  });
});
