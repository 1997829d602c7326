import { z } from 'zod';

/** The city-grid case flow (GB/T 30428): the steps a work order stands at. */
export const workOrderStates = [
  'registered',
  'dispatched',
  'accepted',
  'in-hand',
  'reported',
  'verified',
  'closed',
  'voided',
] as const;
export const workOrderStateSchema = z.enum(workOrderStates);
export type WorkOrderState = z.infer<typeof workOrderStateSchema>;

/** Nothing leaves these. */
export const finalWorkOrderStates = ['closed', 'voided'] as const satisfies readonly WorkOrderState[];

export const workOrderActionSchema = z.enum([
  'register',
  'dispatch',
  'escalate',
  'accept',
  'start',
  'report',
  'verify',
  'sensor-verify',
  'rework',
  'close',
  'void',
  'link-alarm',
  'merge',
]);
export type WorkOrderAction = z.infer<typeof workOrderActionSchema>;

/** What a person may ask for over HTTP; the others happen by themselves. */
export const personWorkOrderActionSchema = workOrderActionSchema.extract([
  'accept',
  'start',
  'report',
  'verify',
  'rework',
  'close',
  'void',
]);
export type PersonWorkOrderAction = z.infer<typeof personWorkOrderActionSchema>;
