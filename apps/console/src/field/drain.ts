import type {
  AnswerRound,
  Attachment,
  AttachmentFields,
  OrderResidents,
  PersonWorkOrderAction,
  ReportCaseInput,
  RoundDetail,
  ScanCheckPoint,
  ScanResult,
  TellResidents,
  WorkOrderActionRequest,
  WorkOrderDetail,
} from '@sc/contracts';
import { type ApiProblem, asProblem, type FailureCode } from '../api/problem.js';
import { isStep, subjectOf, type OutboxCase, type OutboxItem, type OutboxStep } from './outbox-items.js';

/** What the outbox needs of the phone: the list, in order of their making. */
export interface OutboxStore {
  waiting(): Promise<OutboxItem[]>;
  /** Nothing where it is gone: what somebody has discarded does not come back. */
  change(requestId: string, part: Partial<OutboxStep> | Partial<OutboxCase>): Promise<void>;
  remove(requestId: string): Promise<void>;
}

export interface OutboxSender {
  attach(workOrderId: string, photo: Blob, fields: AttachmentFields): Promise<Attachment>;
  act(workOrderId: string, action: PersonWorkOrderAction, body: WorkOrderActionRequest): Promise<WorkOrderDetail>;
  open(body: ReportCaseInput): Promise<WorkOrderDetail>;
  scan(body: ScanCheckPoint): Promise<ScanResult>;
  answer(roundId: string, body: AnswerRound): Promise<RoundDetail>;
  tell(workOrderId: string, body: TellResidents): Promise<OrderResidents>;
}

/** What the platform said to each kind of item. */
export type Answer = WorkOrderDetail | ScanResult | RoundDetail | OrderResidents;

export interface Drained {
  sent: { item: OutboxItem; answer: Answer }[];
  refused: { item: OutboxItem; code: FailureCode }[];
  /** Why it stopped before the end; the rest goes on waiting. */
  stoppedBy?: FailureCode;
}

/**
 * Sends what is waiting, oldest first. Stops where nothing else could be sent either. A refusal, and a failure that is about
 * one request alone, holds back what else waits for the same order, so that "start" never overtakes "accept", and lets the
 * others pass.
 */
export async function drain(store: OutboxStore, sender: OutboxSender, now = Date.now()): Promise<Drained> {
  const result: Drained = { sent: [], refused: [] };
  const held = new Set<string>();
  for (const item of await store.waiting()) {
    const subject = subjectOf(item);
    if (item.state === 'refused' || isLocating(item, now)) held.add(subject);
    if (held.has(subject)) continue;
    try {
      const answer = await deliver(item, store, sender);
      await store.remove(item.requestId);
      result.sent.push({ item, answer });
    } catch (error) {
      const problem = asProblem(error);
      if (stopsAll(problem)) return { ...result, stoppedBy: problem.code };
      held.add(subject);
      if (problem.mayHeal || problem.code === 'unexpected-answer') continue;
      await store.change(item.requestId, { state: 'refused', problem: problem.code });
      result.refused.push({ item, code: problem.code });
    }
  }
  return result;
}

/** A clock that was set back holds nothing for long. */
const isLocating = (item: OutboxItem, now: number): boolean =>
  'locatingUntil' in item && now < (item.locatingUntil ?? 0) && now >= item.createdAt;

const stopsAll = ({ code }: ApiProblem): boolean =>
  code === 'network' || code === 'not-authenticated' || code === 'unavailable' || code === 'too-many-attempts';

function deliver(item: OutboxItem, store: OutboxStore, sender: OutboxSender): Promise<Answer> {
  const { requestId } = item;
  if (isStep(item)) return deliverStep(item, store, sender);
  switch (item.kind) {
    case 'case':
      return deliverCase(item, store, sender);
    case 'scan':
      return sender.scan({ ...item.body, requestId });
    case 'answers':
      return sender.answer(item.roundId, { ...item.body, requestId });
    case 'words':
      return sender.tell(item.workOrderId, { ...item.body, requestId });
  }
}

async function deliverStep(item: OutboxStep, store: OutboxStore, sender: OutboxSender): Promise<WorkOrderDetail> {
  const attachmentIds = await upload(item, item.workOrderId, store, sender);
  return sender.act(item.workOrderId, item.action, {
    ...item.details,
    requestId: item.requestId,
    note: item.note,
    position: item.position,
    takenAt: new Date(item.createdAt).toISOString(),
    attachmentIds,
  });
}

/** The same key again is the same case; its photos follow it. */
async function deliverCase(item: OutboxCase, store: OutboxStore, sender: OutboxSender): Promise<WorkOrderDetail> {
  const order = await sender.open({ ...item.body, key: item.requestId, position: item.position });
  item.workOrderId = order.id;
  await store.change(item.requestId, { workOrderId: order.id });
  await upload(item, order.id, store, sender);
  return order;
}

async function upload(
  item: OutboxStep | OutboxCase,
  workOrderId: string,
  store: OutboxStore,
  sender: OutboxSender,
): Promise<string[]> {
  for (const [index, photo] of item.photos.entries()) {
    if (photo.attachmentId) continue;
    const { id } = await sender.attach(workOrderId, photo.blob, {
      // Sent again after an answer that was lost, it is the same upload.
      requestId: `${item.requestId}-${index + 1}`,
      kind: photo.kind ?? kindOf(item),
      takenAt: new Date(photo.blob instanceof File ? photo.blob.lastModified : item.createdAt).toISOString(),
      longitude: photo.position?.[0],
      latitude: photo.position?.[1],
    });
    photo.attachmentId = id;
    await store.change(item.requestId, { photos: item.photos });
  }
  return item.photos.flatMap(({ attachmentId }) => (attachmentId ? [attachmentId] : []));
}

const kindOf = (item: OutboxStep | OutboxCase) =>
  item.kind === 'case' ? 'before' : item.action === 'report' ? 'after' : 'other';
