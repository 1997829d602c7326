import { type ResidentStep, type WorkOrderState, workOrderStateSchema } from '@sc/contracts';

const steps: Record<WorkOrderState, ResidentStep> = {
  registered: 'received',
  dispatched: 'received',
  accepted: 'in-hand',
  'in-hand': 'in-hand',
  suspended: 'paused',
  reported: 'checking',
  verified: 'checking',
  closed: 'done',
  evaluated: 'done',
  voided: 'ended',
};

/** Where an order stands, in the words of its resident. */
export const residentStepOf = (state: WorkOrderState): ResidentStep => steps[state];

/** What happened, without what changes nothing for the resident. */
export function residentHistory(moves: readonly { toState: string; at: Date }[]): { step: ResidentStep; at: string }[] {
  const told: { step: ResidentStep; at: string }[] = [];
  for (const { toState, at } of moves) {
    const step = residentStepOf(workOrderStateSchema.parse(toState));
    if (told.at(-1)?.step !== step) told.push({ step, at: at.toISOString() });
  }
  return told;
}
