import { z } from 'zod';
import { areaIdSchema, deviceIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { severitySchema } from '../severity.js';
import { textSchema } from '../text.js';
import { alarmSchema, timelineEntrySchema } from './alarms.js';
import { pageQuerySchema } from './common.js';
import { workOrderSchema } from './work-orders.js';

/** What several alarms of one place together speak of, though each alone only says that it is silent. */
export const probableCauses = ['power-or-network', 'bridge-lost'] as const;
export const probableCauseSchema = z.enum(probableCauses);
export type ProbableCause = z.infer<typeof probableCauseSchema>;

export const incidentSchema = z.object({
  id: uuidSchema,
  domain: slugSchema,
  /** Kind of work. */
  category: slugSchema,
  state: z.enum(['open', 'closed']),
  severity: severitySchema,
  areaId: areaIdSchema,
  areaName: textSchema,
  openedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  /** Merged by a person: the incident that remained. */
  mergedInto: uuidSchema.nullable(),
  /** Split off by a person: from this one. */
  splitFrom: uuidSchema.nullable(),
});
export const incidentDetailSchema = incidentSchema.extend({
  /** Others that were merged into the one that remained; their orders and stories are part of this answer. */
  merged: z.array(uuidSchema),
  probableCause: probableCauseSchema.nullable(),
  alarms: z.array(alarmSchema),
  workOrders: z.array(workOrderSchema),
  timeline: z.array(timelineEntrySchema),
});
export type Incident = z.infer<typeof incidentSchema>;
export type IncidentDetail = z.infer<typeof incidentDetailSchema>;

/** An incident as a list shows it. */
export const listedIncidentSchema = incidentSchema.extend({
  alarms: z.number().int(),
  /** Of the open order, if there is one. */
  workOrder: workOrderSchema
    .pick({ id: true, number: true, state: true, severity: true, assigneeName: true })
    .nullable(),
});
export type ListedIncident = z.infer<typeof listedIncidentSchema>;

export const incidentQuerySchema = pageQuerySchema.extend({
  state: z.enum(['open', 'all']).default('open'),
  areaId: areaIdSchema.optional(),
  /** Only those that may be merged with this one. */
  mergeableWith: uuidSchema.optional(),
  /** Only those in which this device has an alarm. */
  deviceId: deviceIdSchema.optional(),
});
export type IncidentQuery = z.infer<typeof incidentQuerySchema>;

const decision = {
  /** Makes a repeated request the same request. */
  requestId: z.string().min(8).max(64),
  reason: z.string().trim().min(3).max(1000),
};
/** Body of `POST /incidents/{id}/split`: these alarms become an incident of their own. */
export const splitIncidentSchema = z.object({ ...decision, alarmIds: z.array(uuidSchema).min(1).max(500) });
export type SplitIncident = z.infer<typeof splitIncidentSchema>;
/** Body of `POST /incidents/{id}/merge`: the other one becomes part of this one. */
export const mergeIncidentSchema = z.object({ ...decision, incidentId: uuidSchema });
export type MergeIncident = z.infer<typeof mergeIncidentSchema>;
