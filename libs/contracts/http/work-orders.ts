import { z } from 'zod';
import { caseSourceSchema, lightSchema, proofSchema } from '../case.js';
import { orderClockSchema } from '../clock.js';
import { areaIdSchema, deviceIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { severitySchema } from '../severity.js';
import { textSchema } from '../text.js';
import { personWorkOrderActionSchema, type WorkOrderState, workOrderStateSchema } from '../work-order.js';
import { alarmSchema, timelineEntrySchema } from './alarms.js';
import { candidateSchema } from './candidates.js';
import { attachmentSchema } from './attachments.js';
import { answeredItemSchema, askedExtensionSchema, assistSchema, stepDetailsSchema, urgeSchema } from './cases.js';
import { pageQuerySchema, positionSchema } from './common.js';

export const workOrderSchema = z.object({
  id: uuidSchema,
  /** What people say on the phone: `WO-000123`. */
  number: z.string(),
  /** None: no alarm began it. */
  incidentId: uuidSchema.nullable(),
  source: caseSourceSchema,
  category: slugSchema,
  title: textSchema,
  instructions: textSchema,
  state: workOrderStateSchema,
  severity: severitySchema,
  areaId: areaIdSchema,
  /** With the building before it: "Building 1 · Kitchen". */
  areaName: textSchema,
  dutyGridId: areaIdSchema.nullable(),
  position: positionSchema.nullable(),
  placement: z.string().nullable(),
  assigneeId: uuidSchema.nullable(),
  assigneeName: z.string().nullable(),
  /** How far up the chain it has gone; 0 = the first officer. */
  escalationLevel: z.number().int(),
  acceptBy: instantSchema.nullable(),
  /** Of its present step; null: it has ended, or is older than clocks. */
  clock: orderClockSchema.nullable(),
  photoRequired: z.boolean(),
  proof: proofSchema,
  /** Suspended: when it goes on by itself. */
  resumeAt: instantSchema.nullable(),
  /** How well it was done, 1 to 5, as whoever evaluated it says. */
  score: z.number().int().nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  /** What the asking person may do with it now; the screens offer nothing else. */
  allowedActions: z.array(personWorkOrderActionSchema),
});
export type WorkOrder = z.infer<typeof workOrderSchema>;

export const workOrderDetailSchema = workOrderSchema.extend({
  alarms: z.array(alarmSchema),
  timeline: z.array(timelineEntrySchema),
  attachments: z.array(attachmentSchema),
  candidates: z.array(candidateSchema),
  /** What the finder says; alarms have none. */
  description: z.string().nullable(),
  finder: z.object({ id: uuidSchema, name: z.string() }).nullable(),
  suspendedFrom: workOrderStateSchema.nullable(),
  checklist: z.array(answeredItemSchema),
  /** More time that was asked for and waits for a manager. */
  extension: askedExtensionSchema.nullable(),
  urges: z.array(urgeSchema),
  assists: z.array(assistSchema),
  /** Ended because its incident was merged: the order that remained. */
  duplicateOf: z.object({ id: uuidSchema, number: z.string() }).nullable(),
});
export type WorkOrderDetail = z.infer<typeof workOrderDetailSchema>;

const workOrderFilter = {
  /** `mine`: assigned to the asking person, or they are asked to help with it. */
  assignee: z.enum(['mine', 'anyone']).default('anyone'),
  /** In the hands of this person, or of nobody yet. */
  assigneeId: z.union([uuidSchema, z.literal('nobody')]).optional(),
  areaId: areaIdSchema.optional(),
  light: lightSchema.optional(),
  severity: severitySchema.optional(),
};

export const workOrderQuerySchema = pageQuerySchema.extend({
  state: z.enum(['open', 'all']).default('open'),
  /** Only what stands at this step; `state` says nothing then. */
  step: workOrderStateSchema.optional(),
  /** Only orders in whose incident this device has an alarm. */
  deviceId: deviceIdSchema.optional(),
  ...workOrderFilter,
  /** `due`: the next deadline first, then what has none. */
  sort: z.enum(['newest', 'due']).optional(),
});
export type WorkOrderQuery = z.infer<typeof workOrderQuerySchema>;

/** The columns of the board, in the order of the case flow; what ended stays in `closed` for a day. */
export const boardSteps = [
  'registered',
  'dispatched',
  'accepted',
  'in-hand',
  'suspended',
  'reported',
  'verified',
  'closed',
] as const satisfies readonly WorkOrderState[];
export const boardClosedMs = 24 * 3_600_000;

export const workOrderBoardQuerySchema = z.object({
  ...workOrderFilter,
  /** Cards of a column; the list has the others. */
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type WorkOrderBoardQuery = z.infer<typeof workOrderBoardQuerySchema>;
export const workOrderBoardSchema = z.object({
  columns: z.array(
    z.object({
      step: z.enum(boardSteps),
      /** All of them, also those without a card. */
      count: z.number().int(),
      /** The next deadline first; what is closed, the newest first. */
      items: z.array(workOrderSchema),
    }),
  ),
});
export type WorkOrderBoard = z.infer<typeof workOrderBoardSchema>;

/**
 * Body of `POST /work-orders/{id}/{action}`. `requestId` makes a repeated request (bad network) the same request:
 * the second answer equals the first.
 */
export const workOrderActionRequestSchema = z.object({
  requestId: z.string().min(8).max(64),
  note: z.string().trim().max(2000).optional(),
  attachmentIds: z.array(uuidSchema).max(10).default([]),
  ...stepDetailsSchema.shape,
});
export type WorkOrderActionRequest = z.infer<typeof workOrderActionRequestSchema>;

export const notificationSchema = z.object({
  id: uuidSchema,
  /** i18n key below `notification.` */
  kind: z.enum([
    'work-order-assigned',
    'work-order-escalated',
    'work-order-reported',
    'work-order-rework',
    'work-order-closed-by-sensor',
    'work-order-merged',
    'work-order-due-soon',
    'work-order-overdue',
    'round-assigned',
    'round-due',
    'round-missed',
    'work-order-returned',
    'work-order-suspended',
    'work-order-resumed',
    'work-order-extension-asked',
    'work-order-extension-granted',
    'work-order-extension-refused',
    'work-order-urged',
    'work-order-urge-answered',
    'work-order-urge-overdue',
    'work-order-sensor-disagrees',
    'work-order-assisting',
    'work-order-assist-done',
    'work-order-released',
    'life-safety-call',
    'work-order-taken',
    'resident-replied',
    'resident-not-solved',
    'resident-reopened',
    'resident-rated-badly',
    'test',
  ]),
  workOrderId: uuidSchema.nullable(),
  workOrderNumber: z.string().nullable(),
  /** Of a round instead of an order. */
  roundId: uuidSchema.nullable(),
  /** What and where. */
  title: textSchema.nullable(),
  /** Calls for no attention by itself: it came in the person's quiet hours, or in a flood. */
  quiet: z.boolean(),
  createdAt: instantSchema,
  readAt: instantSchema.nullable(),
});
export type Notification = z.infer<typeof notificationSchema>;
