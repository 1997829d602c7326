import type { Attachment, AttachmentFields, WorkOrderActionRequest, WorkOrderDetail } from '@sc/contracts';
import { ApiProblem, type FailureCode } from '../api/problem.js';
import { drain, type OutboxSender, type OutboxStore } from './drain.js';
import type { OutboxItem } from './outbox-db.js';

const anItem = (over: Partial<OutboxItem>): OutboxItem => ({
  requestId: 'request-1',
  personId: 'p',
  workOrderId: 'order-1',
  workOrderNumber: 'WO-1',
  action: 'accept',
  photos: [],
  createdAt: 1,
  state: 'waiting',
  ...over,
});
const aPhoto = () => ({ blob: new Blob(['x']) });

class InMemoryStore implements OutboxStore {
  constructor(readonly items: OutboxItem[]) {}
  waiting = () => Promise.resolve(structuredClone([...this.items].sort((a, b) => a.createdAt - b.createdAt)));
  save = (item: OutboxItem) => {
    const at = this.items.findIndex((i) => i.requestId === item.requestId);
    this.items[at] = structuredClone(item);
    return Promise.resolve();
  };
  remove = (requestId: string) => {
    this.items.splice(
      this.items.findIndex((i) => i.requestId === requestId),
      1,
    );
    return Promise.resolve();
  };
}

/** Fails with the given codes, in turn, then succeeds; `undefined` succeeds. */
class Platform implements OutboxSender {
  uploads = 0;
  attached: AttachmentFields[] = [];
  acted: {
    action: string;
    requestId: string;
    attachmentIds: string[];
    position: WorkOrderActionRequest['position'];
  }[] = [];
  constructor(
    private readonly actFailures: (FailureCode | undefined)[] = [],
    private readonly uploadFailures: (FailureCode | undefined)[] = [],
  ) {}
  attach: OutboxSender['attach'] = (_order, _photo, fields) => {
    const code = this.uploadFailures.shift();
    if (code) return Promise.reject(new ApiProblem(code, 0));
    this.uploads += 1;
    this.attached.push(fields);
    return Promise.resolve({ id: `photo-${this.uploads}` } as Attachment);
  };
  act: OutboxSender['act'] = (_, action, body) => {
    const { requestId, attachmentIds, position } = body;
    this.acted.push({ action, requestId, attachmentIds, position });
    const code = this.actFailures.shift();
    return code
      ? Promise.reject(new ApiProblem(code, code === 'unavailable' ? 503 : code === 'network' ? 0 : 409))
      : Promise.resolve({} as WorkOrderDetail);
  };
}

describe('the outbox of the field app', () => {
  it('sends everything in the order it was done', async () => {
    const store = new InMemoryStore([
      anItem({ requestId: 'b', action: 'start', createdAt: 2 }),
      anItem({ requestId: 'a', createdAt: 1 }),
    ]);
    const platform = new Platform();
    await drain(store, platform);
    expect(platform.acted.map((a) => a.action)).toEqual(['accept', 'start']);
    expect(store.items).toEqual([]);
  });

  it('keeps everything while the network is away, and overtakes nothing', async () => {
    const store = new InMemoryStore([
      anItem({ requestId: 'a' }),
      anItem({ requestId: 'b', action: 'start', createdAt: 2 }),
    ]);
    const platform = new Platform(['network']);
    expect((await drain(store, platform)).stoppedBy).toBe('network');
    expect(platform.acted).toHaveLength(1);
    expect(store.items).toHaveLength(2);
  });

  it('repeats an action whose answer was lost with the same request id', async () => {
    const store = new InMemoryStore([anItem({})]);
    const platform = new Platform(['network']);
    await drain(store, platform);
    await drain(store, platform);
    expect(platform.acted.map((a) => a.requestId)).toEqual(['request-1', 'request-1']);
    expect(store.items).toEqual([]);
  });

  it('uploads each photo once, even when the connection breaks between them and at the report', async () => {
    const store = new InMemoryStore([anItem({ action: 'report', photos: [aPhoto(), aPhoto()] })]);
    const platform = new Platform(['unavailable', undefined], [undefined, 'network']);
    await drain(store, platform);
    await drain(store, platform);
    await drain(store, platform);
    expect(platform.uploads).toBe(2);
    expect(platform.acted.at(-1)?.attachmentIds).toEqual(['photo-1', 'photo-2']);
    expect(store.items).toEqual([]);
  });

  it('keeps what a photo shows and where it was taken until the network is back; an old one shows what came of it', async () => {
    const place: [number, number] = [121.4737, 31.23041];
    const store = new InMemoryStore([
      anItem({ action: 'start', photos: [{ ...aPhoto(), kind: 'before', position: place }], position: place }),
      anItem({ requestId: 'request-2', action: 'report', photos: [aPhoto()], createdAt: 2 }),
    ]);
    const platform = new Platform([], ['network']);
    await drain(store, platform);
    await drain(store, platform);
    expect(platform.attached).toMatchObject([
      { requestId: 'request-1-1', kind: 'before', longitude: 121.4737, latitude: 31.23041 },
      { requestId: 'request-2-1', kind: 'after', longitude: undefined },
    ]);
    expect(platform.acted.map(({ position }) => position)).toEqual([place, undefined]);
  });

  it('holds back the rest of a refused order and lets the other orders pass', async () => {
    const store = new InMemoryStore([
      anItem({ requestId: 'a', createdAt: 1 }),
      anItem({ requestId: 'b', createdAt: 2, action: 'start' }),
      anItem({ requestId: 'c', createdAt: 3, workOrderId: 'order-2' }),
    ]);
    const platform = new Platform(['already-accepted']);
    const { refused, sent } = await drain(store, platform);
    expect(refused.map((r) => [r.item.requestId, r.code])).toEqual([['a', 'already-accepted']]);
    expect(sent.map((s) => s.item.requestId)).toEqual(['c']);
    expect(store.items.map((i) => [i.requestId, i.state])).toEqual([
      ['a', 'refused'],
      ['b', 'waiting'],
    ]);
    await drain(store, platform);
    expect(platform.acted).toHaveLength(2);
  });

  it('waits for the login when the session is over', async () => {
    const store = new InMemoryStore([anItem({})]);
    expect((await drain(store, new Platform(['not-authenticated']))).stoppedBy).toBe('not-authenticated');
    expect(store.items[0]?.state).toBe('waiting');
  });
});
