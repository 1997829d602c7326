import type { AttachmentKind, PersonWorkOrderAction } from '@sc/contracts';
import Dexie, { type EntityTable } from 'dexie';

export interface OutboxPhoto {
  blob: Blob;
  /** What it shows; what was kept before photos had a kind has none. */
  kind?: AttachmentKind;
  /** Where it was taken, when the officer allows it. */
  position?: [number, number];
  /** Set once the platform has it: a photo is uploaded once even when the action has to be repeated. */
  attachmentId?: string;
}

/** One intention of the officer, kept until the platform has answered. */
export interface OutboxItem {
  /** Also the request's id at the platform: sent twice it is one. */
  requestId: string;
  personId: string;
  workOrderId: string;
  workOrderNumber: string;
  action: PersonWorkOrderAction;
  note?: string;
  /** Where the officer was when they took the step, when they allow it. */
  position?: [number, number];
  photos: OutboxPhoto[];
  createdAt: number;
  /** `refused`: the platform said no; a person has to look. */
  state: 'waiting' | 'refused';
  problem?: string;
}

export interface CachedAnswer {
  key: string;
  savedAt: number;
  value: unknown;
}

class FieldDatabase extends Dexie {
  outbox!: EntityTable<OutboxItem, 'requestId'>;
  cache!: EntityTable<CachedAnswer, 'key'>;

  constructor() {
    super('sc-field');
    this.version(1).stores({ outbox: 'requestId, personId, createdAt', cache: 'key' });
  }
}

export const fieldDb = new FieldDatabase();
