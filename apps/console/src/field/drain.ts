import type {
  Attachment,
  AttachmentFields,
  PersonWorkOrderAction,
  WorkOrderActionRequest,
  WorkOrderDetail,
} from '@sc/contracts';
import { asProblem, type FailureCode } from '../api/problem.js';
import type { OutboxItem } from './outbox-db.js';

/** What the outbox needs of the phone: the list, in order of their making. */
export interface OutboxStore {
  waiting(): Promise<OutboxItem[]>;
  save(item: OutboxItem): Promise<void>;
  remove(requestId: string): Promise<void>;
}

export interface OutboxSender {
  attach(workOrderId: string, photo: Blob, fields: AttachmentFields): Promise<Attachment>;
  act(workOrderId: string, action: PersonWorkOrderAction, body: WorkOrderActionRequest): Promise<WorkOrderDetail>;
}

export interface Drained {
  sent: { item: OutboxItem; order: WorkOrderDetail }[];
  refused: { item: OutboxItem; code: FailureCode }[];
  /** Why it stopped before the end; the rest goes on waiting. */
  stoppedBy?: FailureCode;
}

/**
 * Sends what is waiting, oldest first. Stops at the first failure that may heal, so that "start" never overtakes
 * "accept". A refusal holds back what else waits for the same order and lets the other orders pass.
 */
export async function drain(store: OutboxStore, sender: OutboxSender): Promise<Drained> {
  const result: Drained = { sent: [], refused: [] };
  const blocked = new Set<string>();
  for (const item of await store.waiting()) {
    if (item.state === 'refused') blocked.add(item.workOrderId);
    if (blocked.has(item.workOrderId)) continue;
    try {
      const order = await deliver(item, store, sender);
      await store.remove(item.requestId);
      result.sent.push({ item, order });
    } catch (error) {
      const problem = asProblem(error);
      if (problem.mayHeal || problem.code === 'not-authenticated') return { ...result, stoppedBy: problem.code };
      await store.save({ ...item, state: 'refused', problem: problem.code });
      blocked.add(item.workOrderId);
      result.refused.push({ item, code: problem.code });
    }
  }
  return result;
}

async function deliver(item: OutboxItem, store: OutboxStore, sender: OutboxSender): Promise<WorkOrderDetail> {
  for (const [index, photo] of item.photos.entries()) {
    if (photo.attachmentId) continue;
    const { id } = await sender.attach(item.workOrderId, photo.blob, {
      // Sent again after an answer that was lost, it is the same upload.
      requestId: `${item.requestId}-${index + 1}`,
      kind: photo.kind ?? (item.action === 'report' ? 'after' : 'other'),
      takenAt: new Date(photo.blob instanceof File ? photo.blob.lastModified : item.createdAt).toISOString(),
      longitude: photo.position?.[0],
      latitude: photo.position?.[1],
    });
    photo.attachmentId = id;
    await store.save(item);
  }
  return sender.act(item.workOrderId, item.action, {
    requestId: item.requestId,
    note: item.note,
    position: item.position,
    attachmentIds: item.photos.flatMap((p) => (p.attachmentId ? [p.attachmentId] : [])),
  });
}
