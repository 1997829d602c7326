import { z } from 'zod';
import { areaIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { severitySchema } from '../severity.js';
import { textSchema } from '../text.js';
import { personWorkOrderActionSchema, workOrderStateSchema } from '../work-order.js';
import { alarmSchema, timelineEntrySchema } from './alarms.js';
import { attachmentSchema } from './attachments.js';
import { pageQuerySchema, positionSchema } from './common.js';

export const workOrderSchema = z.object({
  id: uuidSchema,
  /** What people say on the phone: `WO-000123`. */
  number: z.string(),
  incidentId: uuidSchema,
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
  photoRequired: z.boolean(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  /** What the asking person may do with it now; the screens offer nothing else. */
  allowedActions: z.array(personWorkOrderActionSchema),
});
export type WorkOrder = z.infer<typeof workOrderSchema>;

/** Why this person was asked: kept with the order and shown. */
export const candidateSchema = z.object({
  personId: uuidSchema,
  personName: z.string(),
  openOrders: z.number().int(),
  chosen: z.boolean(),
  reason: z.enum(['least-load', 'next-on-shift', 'community-on-shift', 'manager', 'has-more-load', 'already-asked']),
});
export type Candidate = z.infer<typeof candidateSchema>;

export const workOrderDetailSchema = workOrderSchema.extend({
  alarms: z.array(alarmSchema),
  timeline: z.array(timelineEntrySchema),
  attachments: z.array(attachmentSchema),
  candidates: z.array(candidateSchema),
  /** Ended because its incident was merged: the order that remained. */
  duplicateOf: z.object({ id: uuidSchema, number: z.string() }).nullable(),
});
export type WorkOrderDetail = z.infer<typeof workOrderDetailSchema>;

export const workOrderQuerySchema = pageQuerySchema.extend({
  state: z.enum(['open', 'all']).default('open'),
  /** `mine`: assigned to the asking person. */
  assignee: z.enum(['mine', 'anyone']).default('anyone'),
  areaId: areaIdSchema.optional(),
});
export type WorkOrderQuery = z.infer<typeof workOrderQuerySchema>;

/**
 * Body of `POST /work-orders/{id}/{action}`. `requestId` makes a repeated request (bad network) the same request:
 * the second answer equals the first.
 */
export const workOrderActionRequestSchema = z.object({
  requestId: z.string().min(8).max(64),
  note: z.string().trim().max(2000).optional(),
  attachmentIds: z.array(uuidSchema).max(10).default([]),
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
  ]),
  workOrderId: uuidSchema.nullable(),
  workOrderNumber: z.string().nullable(),
  title: textSchema.nullable(),
  createdAt: instantSchema,
  readAt: instantSchema.nullable(),
});
export type Notification = z.infer<typeof notificationSchema>;
