import type { PersonWorkOrderAction, StepLimit, WorkOrderActionRequest } from '@sc/contracts';

export const spanUnits = ['minutes', 'hours', 'days'] as const;
export const limitUnits = ['minutes', 'working-hours', 'working-days'] as const;
export type Span = { amount: number; unit: (typeof spanUnits)[number] };
type Limit = { amount: number; unit: (typeof limitUnits)[number] };

/** What the form of a step holds before it is sent. */
export interface StepForm {
  note: string;
  span: Span;
  limit: Limit;
  helper: 'person' | 'team';
  personId?: string;
  teamId?: string;
  assistId?: string;
  intoId?: string;
  score: number;
}

export const emptyForm = (action: PersonWorkOrderAction): StepForm => ({
  note: '',
  span: action === 'urge' ? { amount: 1, unit: 'hours' } : { amount: 1, unit: 'days' },
  limit: { amount: 1, unit: 'working-days' },
  helper: 'person',
  score: 0,
});

/** These are judgements about somebody's work, or put it off: without a reason they teach nothing. */
const withNote: ReadonlySet<PersonWorkOrderAction> = new Set<PersonWorkOrderAction>([
  'rework',
  'void',
  'report',
  'return',
  'suspend',
  'request-extension',
  'refuse-extension',
  'urge',
  'answer',
  'self-handled',
  'merge',
  'assist-done',
  'release',
  'note',
]);
export const needsNote = (action: PersonWorkOrderAction): boolean => withNote.has(action);

export function isComplete(action: PersonWorkOrderAction, form: StepForm): boolean {
  if (needsNote(action) && form.note.trim() === '') return false;
  if (action === 'assign') return form.personId !== undefined;
  if (action === 'invite') return form.helper === 'team' ? form.teamId !== undefined : form.personId !== undefined;
  if (action === 'merge') return form.intoId !== undefined;
  if (action === 'evaluate') return form.score > 0;
  return true;
}

const unitMs = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
const inMs = ({ amount, unit }: Span) => amount * unitMs[unit];

/** The limit as the platform counts it: hours of work are minutes of work. */
export const limitOf = ({ amount, unit }: Limit): StepLimit =>
  unit === 'working-hours' ? { amount: amount * 60, unit: 'working-minutes' } : { amount, unit };

/** What goes into the request of this step, and nothing of the others. */
export function detailsOf(action: PersonWorkOrderAction, form: StepForm, now: number): Partial<WorkOrderActionRequest> {
  const at = new Date(now + inMs(form.span)).toISOString();
  if (action === 'suspend') return { until: at };
  if (action === 'urge') return { answerBy: at };
  if (action === 'request-extension') return { limit: limitOf(form.limit) };
  if (action === 'assign') return { personId: form.personId };
  if (action === 'invite') return form.helper === 'team' ? { teamId: form.teamId } : { personId: form.personId };
  if (action === 'release' || action === 'assist-done') return form.assistId ? { assistId: form.assistId } : {};
  if (action === 'merge') return { intoId: form.intoId };
  return action === 'evaluate' ? { score: form.score } : {};
}
