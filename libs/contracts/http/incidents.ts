import { z } from 'zod';
import { areaIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { severitySchema } from '../severity.js';
import { textSchema } from '../text.js';
import { alarmSchema, timelineEntrySchema } from './alarms.js';
import { workOrderSchema } from './work-orders.js';

export const incidentSchema = z.object({
  id: uuidSchema,
  domain: slugSchema,
  state: z.enum(['open', 'closed']),
  severity: severitySchema,
  areaId: areaIdSchema,
  areaName: textSchema,
  openedAt: instantSchema,
  closedAt: instantSchema.nullable(),
});
export const incidentDetailSchema = incidentSchema.extend({
  alarms: z.array(alarmSchema),
  workOrders: z.array(workOrderSchema),
  timeline: z.array(timelineEntrySchema),
});
export type Incident = z.infer<typeof incidentSchema>;
export type IncidentDetail = z.infer<typeof incidentDetailSchema>;
