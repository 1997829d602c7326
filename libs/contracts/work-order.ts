import { z } from 'zod';

/** The city-grid case flow (GB/T 30428): the steps a work order stands at. */
export const workOrderStates = [
  'registered',
  'dispatched',
  'accepted',
  'in-hand',
  /** 挂账: put off by somebody until a time; goes back to where it stood. */
  'suspended',
  'reported',
  'verified',
  'closed',
  'evaluated',
  'voided',
] as const;
export const workOrderStateSchema = z.enum(workOrderStates);
export type WorkOrderState = z.infer<typeof workOrderStateSchema>;

/** The work is over; all that may come is the evaluation of what was closed. */
export const finalWorkOrderStates = ['closed', 'evaluated', 'voided'] as const satisfies readonly WorkOrderState[];
export const isFinalWorkOrder = (state: WorkOrderState): boolean =>
  (finalWorkOrderStates as readonly WorkOrderState[]).includes(state);

/** What a person may ask for over HTTP; some of it also happens by itself. */
export const personWorkOrderActions = [
  'accept',
  'start',
  'report',
  'verify',
  'rework',
  'close',
  'void',
  /** 回退: whoever has it gives it back; the next one is asked at once. */
  'return',
  /** Given to a person by hand. */
  'assign',
  /** 挂账 and 恢复. */
  'suspend',
  'resume',
  /** 延期: asked by the handler, granted or refused by a manager. */
  'request-extension',
  'grant-extension',
  'refuse-extension',
  /** 督办: demands an answer until a time. */
  'urge',
  'answer',
  /** 自处理: whoever found it solved it on the spot. */
  'self-handled',
  /** Ends as a duplicate of another order. */
  'merge',
  /** Joint orders: asks a team or a person to help, is done helping, lets somebody go who is not done. */
  'invite',
  'assist-done',
  'release',
  /** Tells something without moving the order: words, photos, answers of the checklist. */
  'note',
  /** 综合评价. */
  'evaluate',
] as const;
export const personWorkOrderActionSchema = z.enum(personWorkOrderActions);
export type PersonWorkOrderAction = z.infer<typeof personWorkOrderActionSchema>;

export const workOrderActionSchema = z.enum([
  'register',
  'dispatch',
  'escalate',
  'sensor-verify',
  /** A sensor disagrees with the report. */
  'sensor-rework',
  'link-alarm',
  /** Another order ended as the duplicate of this one. */
  'absorb',
  /** Four fifths of a step's limit are gone; the limit is over. */
  'warn',
  'overdue',
  /** Nobody answered an urge in time. */
  'urge-overdue',
  ...personWorkOrderActions,
]);
export type WorkOrderAction = z.infer<typeof workOrderActionSchema>;
