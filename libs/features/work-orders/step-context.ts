import type { Person, ProblemCode, Text, WorkOrderActionRequest } from '@sc/contracts';
import type { Transaction } from '@sc/platform/database';
import type { Step, WorkOrderRow } from './order-ledger.js';

export type Refusal = { ok: false; code: ProblemCode; reason: Text };
export const refuse = (code: ProblemCode, reason: Text): Refusal => ({ ok: false, code, reason });

/** A step that was decided on and is about to be taken. */
export interface StepContext {
  transaction: Transaction;
  /** As locked in this transaction. */
  order: WorkOrderRow;
  person: Person;
  request: WorkOrderActionRequest;
  /** Who, when, where, why and proof of it. */
  step: Step;
}

/** The order after the step, or why it cannot be taken after all. */
export type Taken = { ok: true; order: WorkOrderRow } | Refusal;
