import type {
  AttachmentKind,
  PersonWorkOrderAction,
  ReportCaseInput,
  Text,
  WorkOrderActionRequest,
} from '@sc/contracts';
import { Dexie, type EntityTable } from 'dexie';

export interface OutboxPhoto {
  blob: Blob;
  /** What it shows; what was kept before photos had a kind has none. */
  kind?: AttachmentKind;
  /** Where it was taken, when the officer allows it. */
  position?: [number, number];
  /** Set once the platform has it: a photo is uploaded once even when the action has to be repeated. */
  attachmentId?: string;
}

/** What single steps need besides words and photos. */
export type StepDetails = Pick<WorkOrderActionRequest, 'answers' | 'limit' | 'until'>;

interface Kept {
  /** Also the request's id at the platform: sent twice it is one. */
  requestId: string;
  personId: string;
  /** Where the officer was when they took the step, when they allow it. */
  position?: [number, number];
  photos: OutboxPhoto[];
  createdAt: number;
  /** Until then the phone may still find out where it is; after that it goes without. */
  locatingUntil?: number;
  /** `refused`: the platform said no; a person has to look. */
  state: 'waiting' | 'refused';
  problem?: string;
}

/** A step of an order. What was kept before cases waited too has no `kind`. */
export interface OutboxStep extends Kept {
  kind?: 'step';
  workOrderId: string;
  workOrderNumber: string;
  action: PersonWorkOrderAction;
  note?: string;
  details?: StepDetails;
}

/** Something an officer found; an order once the platform has it. */
export interface OutboxCase extends Kept {
  kind: 'case';
  title: Text;
  body: Omit<ReportCaseInput, 'key' | 'position'>;
  /** Set once the platform has opened it: its photos follow. */
  workOrderId?: string;
}

/** One intention of the officer, kept until the platform has answered. */
export type OutboxItem = OutboxStep | OutboxCase;

export interface CachedAnswer {
  key: string;
  savedAt: number;
  value: unknown;
}

/** A part of a form that is being filled in: the camera may end this page at any moment. */
export interface Draft {
  key: string;
  savedAt: number;
  value: unknown;
}

class FieldDatabase extends Dexie {
  outbox!: EntityTable<OutboxItem, 'requestId'>;
  cache!: EntityTable<CachedAnswer, 'key'>;
  drafts!: EntityTable<Draft, 'key'>;

  constructor() {
    super('sc-field');
    this.version(1).stores({ outbox: 'requestId, personId, createdAt', cache: 'key' });
    this.version(2).stores({ cache: 'key, savedAt', drafts: 'key, savedAt' });
  }
}

export const fieldDb = new FieldDatabase();

/** What nobody looked at for so long is no help any more; what waits to be sent has no end. */
const keptMs = 30 * 86_400_000;

/** Copies and drafts do not grow for ever. */
export async function forgetOldCopies(now = Date.now()): Promise<void> {
  for (const table of [fieldDb.cache, fieldDb.drafts])
    await table
      .where('savedAt')
      .below(now - keptMs)
      .delete();
}

/** Who logs out leaves no names and places to whoever takes the phone next; what is not sent yet, and drafts, stay. */
export const forgetCopies = (): Promise<void> => fieldDb.cache.clear().catch(() => undefined);
