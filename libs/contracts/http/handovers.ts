import { z } from 'zod';
import { lightSchema } from '../case.js';
import {
  handoverActionSchema,
  handoverKinds,
  type HandoverKind,
  handoverKindSchema,
  handoverLimits,
  handoverStateSchema,
} from '../handover.js';
import { areaIdSchema, instantSchema, uuidSchema } from '../ids.js';
import { severities, type Severity, severitySchema } from '../severity.js';
import { textSchema } from '../text.js';
import { pageQuerySchema } from './common.js';
import { roleSchema } from './people.js';

const count = z.number().int().min(0);
const whoSchema = z.object({ id: uuidSchema, name: z.string() });
const words = z.string().trim().min(1).max(handoverLimits.words);

/** One thing that stands, as a person reads it years later: with its names, not only its id. */
export const handoverItemSchema = z.object({
  kind: handoverKindSchema,
  id: z.string().min(1).max(200),
  title: textSchema,
  areaName: textSchema,
  /** The device it is about. */
  device: z.string().nullable(),
  severity: severitySchema.nullable(),
  /** Of an alarm, an order or a window; of a device its connection. */
  state: z.string().max(60).nullable(),
  since: instantSchema.nullable(),
  until: instantSchema.nullable(),
  light: lightSchema.nullable(),
  /** Of an order. */
  number: z.string().nullable(),
  /** Who has it, or who silenced it. */
  who: z.string().nullable(),
  reason: z.string().nullable(),
});
export type HandoverItem = z.infer<typeof handoverItemSchema>;

const groupSchema = z.object({
  /** How many there are; the gravest or the next to end are listed. */
  total: count,
  items: z.array(handoverItemSchema).max(handoverLimits.items),
});
export type HandoverGroup = z.infer<typeof groupSchema>;

const ofEach = <K extends string, T extends z.ZodType>(keys: readonly K[], value: T) =>
  z.object(Object.fromEntries(keys.map((key) => [key, value])) as Record<K, T>);

export const handoverSnapshotSchema = z.object({
  takenAt: instantSchema,
  happened: z.object({
    raised: ofEach<Severity, typeof count>(severities, count),
    acknowledged: count,
    over: count,
    opened: count,
    closed: count,
    roundsDone: count,
    roundsMissed: count,
    /** Extreme and severe alarms that were raised in the shift, also those that are over. */
    grave: groupSchema,
  }),
  standing: ofEach<HandoverKind, typeof groupSchema>(handoverKinds, groupSchema),
});
export type HandoverSnapshot = z.infer<typeof handoverSnapshotSchema>;

export const handoverNoteSchema = z.object({
  id: uuidSchema,
  /** `null`: about the shift as a whole. Its title is that of the moment of writing: it may stand no more. */
  item: z.object({ kind: handoverKindSchema, id: z.string(), title: textSchema }).nullable(),
  words: z.string(),
  by: whoSchema,
  at: instantSchema,
  version: z.number().int().positive(),
});
export type HandoverNote = z.infer<typeof handoverNoteSchema>;

export const handoverSchema = z.object({
  id: uuidSchema,
  areaId: areaIdSchema,
  areaName: textSchema,
  /** `null`: the control room of the area as a whole. */
  team: z.object({ id: uuidSchema, name: textSchema }).nullable(),
  shiftStartsAt: instantSchema,
  shiftEndsAt: instantSchema,
  /** Whether it is a shift of the plan; else it is counted from the last hand-over. */
  planned: z.boolean(),
  state: handoverStateSchema,
  version: z.number().int().positive(),
  openedBy: whoSchema,
  openedAt: instantSchema,
  giver: whoSchema.nullable(),
  receiver: whoSchema.nullable(),
  handedOverAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  notes: count,
  /** What the asking person may do with it now; `note`: write remarks. */
  allowedActions: z.array(z.union([handoverActionSchema, z.literal('note')])),
});
export type Handover = z.infer<typeof handoverSchema>;

export const handoverDetailSchema = handoverSchema.extend({
  /** Of this moment while it is written; from the hand-over on as it was then. */
  snapshot: handoverSnapshotSchema,
  remarks: z.array(handoverNoteSchema),
  steps: z.array(
    z.object({
      action: handoverActionSchema,
      at: instantSchema,
      by: whoSchema,
      to: whoSchema.nullable(),
      words: z.string().nullable(),
    }),
  ),
});
export type HandoverDetail = z.infer<typeof handoverDetailSchema>;

export const handoverQuerySchema = pageQuerySchema.extend({
  state: z.enum(['open', 'accepted', 'all']).default('all'),
  /** Shifts that end after this moment. */
  from: instantSchema.optional(),
  /** Shifts that begin before this moment. */
  to: instantSchema.optional(),
});
export type HandoverQuery = z.infer<typeof handoverQuerySchema>;

/** What somebody at the desk has to know without asking: their shift, its hand-over, and what waits for them. */
export const handoverNowSchema = z.object({
  shift: z.object({ startsAt: instantSchema, endsAt: instantSchema }).nullable(),
  /** Of that shift, the newest, also one that is accepted; without a shift one of theirs that was sent back. */
  own: handoverSchema.nullable(),
  waiting: z.array(handoverSchema),
});
export type HandoverNow = z.infer<typeof handoverNowSchema>;

export const openHandoverSchema = z.object({ teamId: uuidSchema.optional() });
export type OpenHandover = z.infer<typeof openHandoverSchema>;

/** `requestId` makes a repeated request the same request. */
export const addHandoverNoteSchema = z.object({
  requestId: z.string().min(8).max(64),
  item: z.object({ kind: handoverKindSchema, id: z.string().min(1).max(200) }).optional(),
  words,
});
export type AddHandoverNote = z.infer<typeof addHandoverNoteSchema>;
/** The version that the person looked at: when another is there by now, nothing is changed. */
const basedOn = z.number().int().positive();
export const changeHandoverNoteSchema = z.object({ basedOn, words });
export type ChangeHandoverNote = z.infer<typeof changeHandoverNoteSchema>;

/** Who receives it is named to hand over, words are said to send back and to discard. */
export const moveHandoverSchema = z.object({ basedOn, receiverId: uuidSchema.optional(), words: words.optional() });
export type MoveHandover = z.infer<typeof moveHandoverSchema>;

/** Somebody a shift can be handed over to, who is on duty next first. */
export const handoverReceiverSchema = whoSchema.extend({
  role: roleSchema,
  shift: z.object({ startsAt: instantSchema, endsAt: instantSchema }).nullable(),
});
export type HandoverReceiver = z.infer<typeof handoverReceiverSchema>;
