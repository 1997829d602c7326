import type {
  Attachment,
  AttachmentFields,
  OrderResidents,
  RoundDetail,
  ScanResult,
  WorkOrderActionRequest,
  WorkOrderDetail,
} from '@sc/contracts';
import { ApiProblem, type FailureCode } from '../api/problem.js';
import { drain, type OutboxSender, type OutboxStore } from './drain.js';
import type { OutboxCase, OutboxItem, OutboxStep } from './outbox-items.js';

const anItem = (over: Partial<OutboxStep>): OutboxStep => ({
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
const aCase = (over: Partial<OutboxCase>): OutboxCase => ({
  kind: 'case',
  requestId: 'case-1',
  personId: 'p',
  title: { 'zh-CN': '垃圾', en: 'Litter' },
  body: { areaId: 'b1', category: 'litter', description: 'bags', solving: false },
  photos: [],
  createdAt: 1,
  state: 'waiting',
  ...over,
});
const aPhoto = () => ({ blob: new Blob(['x']) });

class InMemoryStore implements OutboxStore {
  constructor(readonly items: OutboxItem[]) {}
  waiting = () => Promise.resolve(structuredClone([...this.items].sort((a, b) => a.createdAt - b.createdAt)));
  change: OutboxStore['change'] = (requestId, part) => {
    const item = this.items.find((i) => i.requestId === requestId);
    if (item) Object.assign(item, structuredClone(part));
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

const statusOf: Partial<Record<FailureCode, number>> = {
  unavailable: 503,
  network: 0,
  internal: 500,
  'unexpected-answer': 200,
};

/** Fails with the given codes, in turn, then succeeds; `undefined` succeeds. */
class Platform implements OutboxSender {
  uploads = 0;
  opened: string[] = [];
  uploadedTo: string[] = [];
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
  attach: OutboxSender['attach'] = (order, _photo, fields) => {
    const code = this.uploadFailures.shift();
    if (code) return Promise.reject(new ApiProblem(code, 0));
    this.uploads += 1;
    this.attached.push(fields);
    this.uploadedTo.push(order);
    return Promise.resolve({ id: `photo-${this.uploads}` } as Attachment);
  };
  act: OutboxSender['act'] = (_, action, body) => {
    const { requestId, attachmentIds, position } = body;
    this.acted.push({ action, requestId, attachmentIds, position });
    const code = this.actFailures.shift();
    return code ? Promise.reject(new ApiProblem(code, statusOf[code] ?? 409)) : Promise.resolve({} as WorkOrderDetail);
  };
  open: OutboxSender['open'] = ({ key }) => {
    this.opened.push(key);
    return Promise.resolve({ id: `order of ${key}` } as WorkOrderDetail);
  };
  /** Scans, answers of rounds and words to residents: what it was and its request id. */
  said: string[] = [];
  scan: OutboxSender['scan'] = ({ requestId }) => this.say(`scan ${requestId}`, {} as ScanResult);
  answer: OutboxSender['answer'] = (round, { requestId }) => this.say(`${round} ${requestId}`, {} as RoundDetail);
  tell: OutboxSender['tell'] = (order, { requestId, words }) =>
    this.say(`${order} ${requestId} ${words}`, {} as OrderResidents);
  private say<T>(what: string, answer: T): Promise<T> {
    this.said.push(what);
    const code = this.actFailures.shift();
    return code ? Promise.reject(new ApiProblem(code, statusOf[code] ?? 409)) : Promise.resolve(answer);
  }
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

  it('sends what a step is about, and when it was taken', async () => {
    const answers = [{ key: 'gas', value: true }];
    const bodies: WorkOrderActionRequest[] = [];
    const platform = new Platform();
    const act: OutboxSender['act'] = (id, action, body) => {
      bodies.push(body);
      return new Platform().act(id, action, body);
    };
    const limit = { amount: 1, unit: 'working-days' } as const;
    await drain(
      new InMemoryStore([
        anItem({ action: 'note', details: { answers }, createdAt: 1_000 }),
        anItem({ requestId: 'request-2', action: 'request-extension', details: { limit }, createdAt: 2_000 }),
      ]),
      Object.assign(platform, { act }),
    );
    expect(bodies).toMatchObject([
      { answers, takenAt: '1970-01-01T00:00:01.000Z' },
      { limit, takenAt: '1970-01-01T00:00:02.000Z' },
    ]);
  });

  it.each(['internal', 'unexpected-answer'] as const)(
    'a failure about one request alone (%s) holds back its order, not the shift',
    async (code) => {
      const store = new InMemoryStore([
        anItem({ requestId: 'a' }),
        anItem({ requestId: 'b', action: 'start', createdAt: 2 }),
        anItem({ requestId: 'c', workOrderId: 'order-2', createdAt: 3 }),
      ]);
      const platform = new Platform([code]);
      const { stoppedBy, refused } = await drain(store, platform);
      expect([stoppedBy, refused]).toEqual([undefined, []]);
      expect(platform.acted.map((a) => a.requestId)).toEqual(['a', 'c']);
      await drain(store, platform);
      expect(platform.acted.map((a) => a.requestId)).toEqual(['a', 'c', 'a', 'b']);
      expect(store.items).toEqual([]);
    },
  );

  it('waits a moment for the place of a step, and holds back what follows it', async () => {
    const store = new InMemoryStore([
      anItem({ requestId: 'a', createdAt: 1_000, locatingUntil: 4_000 }),
      anItem({ requestId: 'b', action: 'start', createdAt: 1_500 }),
    ]);
    const platform = new Platform();
    await drain(store, platform, 3_999);
    expect(platform.acted).toEqual([]);
    await drain(store, platform, 4_000);
    expect(platform.acted.map((a) => a.requestId)).toEqual(['a', 'b']);
  });

  it('opens a case that was found without a network once, whatever breaks, and its photos follow it', async () => {
    const store = new InMemoryStore([aCase({ photos: [aPhoto(), aPhoto()] })]);
    const platform = new Platform([], [undefined, 'network']);
    expect((await drain(store, platform)).stoppedBy).toBe('network');
    expect(store.items).toMatchObject([{ workOrderId: 'order of case-1', photos: [{ attachmentId: 'photo-1' }, {}] }]);
    await drain(store, platform);
    expect(new Set(platform.opened)).toEqual(new Set(['case-1']));
    expect(platform.uploadedTo).toEqual(['order of case-1', 'order of case-1']);
    expect(platform.attached.map(({ kind }) => kind)).toEqual(['before', 'before']);
    expect(store.items).toEqual([]);
  });

  const kept = { personId: 'p', state: 'waiting' as const };
  const aScan = (requestId: string, createdAt: number): OutboxItem => ({
    ...kept,
    kind: 'scan',
    requestId,
    createdAt,
    body: { token: 'x', at: '2026-01-01T00:00:00Z' },
  });
  const someAnswers = (requestId: string, createdAt: number): OutboxItem => ({
    ...kept,
    kind: 'answers',
    requestId,
    createdAt,
    roundId: 'round-1',
    place: { 'zh-CN': '泵房', en: 'Pump room' },
    body: { checkPointId: 'point-1', at: '2026-01-01T00:00:00Z', answers: [{ itemKey: 'bar', value: 5 }] },
  });
  const someWords = (requestId: string, createdAt: number, words: string): OutboxItem => ({
    ...kept,
    kind: 'words',
    requestId,
    createdAt,
    workOrderId: 'order-1',
    workOrderNumber: 'WO-1',
    body: { kind: 'answer', words },
  });

  it('sends what was done on rounds again under the same id, and a refused act holds back none of the others', async () => {
    const store = new InMemoryStore([aScan('s1', 1), someAnswers('a1', 2), aScan('s2', 3), anItem({ createdAt: 4 })]);
    const platform = new Platform(['network', 'not-in-time']);
    expect((await drain(store, platform)).stoppedBy).toBe('network');
    await drain(store, platform);
    expect(platform.said).toEqual(['scan s1', 'scan s1', 'round-1 a1', 'scan s2']);
    expect(platform.acted).toHaveLength(1);
    expect(store.items).toMatchObject([{ requestId: 's1', state: 'refused', problem: 'not-in-time' }]);
  });

  it('tells residents in the order it was said, whatever becomes of the steps of their case', async () => {
    const store = new InMemoryStore([
      anItem({ requestId: 'a', createdAt: 1 }),
      someWords('w1', 2, 'On my way'),
      someWords('w2', 3, 'Done'),
    ]);
    const platform = new Platform(['already-accepted', 'internal']);
    await drain(store, platform);
    expect(platform.said).toEqual(['order-1 w1 On my way']);
    await drain(store, platform);
    expect(platform.said.slice(1)).toEqual(['order-1 w1 On my way', 'order-1 w2 Done']);
    expect(store.items).toMatchObject([{ requestId: 'a', state: 'refused' }]);
  });

  it('what was discarded while it was being sent does not come back', async () => {
    const store = new InMemoryStore([anItem({ action: 'report', photos: [aPhoto()] })]);
    const platform = new Platform(['conflict']);
    const attach: OutboxSender['attach'] = async (...upload) => {
      await store.remove('request-1');
      return new Platform().attach(...upload);
    };
    await drain(store, Object.assign(platform, { attach }));
    expect(store.items).toEqual([]);
  });
});
