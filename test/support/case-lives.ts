import { randomUUID } from 'node:crypto';
import type { WorkOrderState } from '@sc/contracts';
import { type Database, json } from '@sc/platform/database';
import type { Kysely } from 'kysely';

/** A step of an order as it was taken; `dueAt`: the limit that stood before it. */
export interface LifeStep {
  action: string;
  from: WorkOrderState | null;
  to: WorkOrderState;
  at: number;
  dueAt: number | null;
  data?: Record<string, unknown>;
}

/** An order with all its steps, without the program that would have taken them. */
export interface CaseLife {
  id: string;
  createdAt: number;
  areaId: string;
  category: string;
  source: 'alarm' | 'person' | 'resident';
  handlerId: string | null;
  score: number | null;
  state: WorkOrderState;
  dueAt: number | null;
  steps: LifeStep[];
  /** What residents said of it; none: no resident has to do with it. */
  residents?: { ratings: number[]; reopened: boolean; answeredAfterMs: number[] } | undefined;
}

const stateAfter = {
  dispatch: 'dispatched',
  escalate: 'dispatched',
  assign: 'dispatched',
  accept: 'accepted',
  start: 'in-hand',
  return: 'registered',
  suspend: 'suspended',
  report: 'reported',
  'self-handled': 'reported',
  rework: 'in-hand',
  'sensor-rework': 'in-hand',
  verify: 'verified',
  'sensor-verify': 'verified',
  close: 'closed',
  evaluate: 'evaluated',
  void: 'voided',
} as const satisfies Record<string, WorkOrderState>;
type Action = keyof typeof stateAfter | 'resume' | 'grant-extension';

const early: Action[] = ['accept', 'accept', 'suspend', 'assign', 'escalate', 'self-handled', 'void', 'sensor-verify'];
const actions: Record<WorkOrderState, Action[]> = {
  registered: ['dispatch', 'dispatch', 'dispatch', ...early],
  dispatched: ['accept', 'accept', 'return', ...early],
  accepted: ['start', 'start', 'start', 'return', 'suspend', 'grant-extension', 'assign', 'void'],
  'in-hand': ['report', 'report', 'report', 'suspend', 'suspend', 'grant-extension', 'return', 'sensor-verify'],
  suspended: ['resume', 'resume', 'resume', 'sensor-verify', 'void'],
  reported: ['verify', 'verify', 'verify', 'rework', 'sensor-rework', 'sensor-verify', 'void'],
  verified: ['close'],
  closed: ['evaluate'],
  evaluated: [],
  voided: [],
};
export const clockOfState: Partial<Record<WorkOrderState, 'accept' | 'handle' | 'verify'>> = {
  registered: 'accept',
  dispatched: 'accept',
  accepted: 'handle',
  'in-hand': 'handle',
  reported: 'verify',
  verified: 'verify',
};

/** A life that these numbers choose: of each pair one number chooses what is done, the other one after how many minutes. */
export function lifeOf(
  beginning: Pick<CaseLife, 'createdAt' | 'areaId' | 'category' | 'source' | 'handlerId' | 'score' | 'residents'>,
  choices: readonly (readonly [number, number])[],
  limitMinutes: number | null,
): CaseLife {
  let at = beginning.createdAt;
  let state: WorkOrderState = 'registered';
  let paused: { state: WorkOrderState; leftMs: number | null } | null = null;
  const due = () => (limitMinutes === null ? null : at + limitMinutes * 60_000);
  let dueAt = due();
  const steps: LifeStep[] = [{ action: 'register', from: null, to: state, at, dueAt: null }];
  for (const [choice, minutes] of choices) {
    const possible: Action[] = actions[state];
    if (!possible.length) break;
    const action = possible[choice % possible.length]!;
    at += minutes * 60_000 + 1;
    const from: WorkOrderState = state;
    const before: number | null = dueAt;
    if (action === 'resume') {
      state = paused!.state;
      dueAt = paused!.leftMs === null ? null : at + paused!.leftMs;
      paused = null;
    } else if (action === 'grant-extension') dueAt = dueAt === null ? null : dueAt + 3_600_000;
    else {
      state = stateAfter[action];
      if (action === 'suspend') paused = { state: from, leftMs: dueAt === null ? null : dueAt - at };
      if (!clockOfState[state]) dueAt = null;
      else if (clockOfState[state] !== clockOfState[from]) dueAt = due();
    }
    steps.push({ action, from, to: state, at, dueAt: before });
  }
  const handled = steps.some((step) => step.action === 'accept');
  return {
    id: randomUUID(),
    ...beginning,
    handlerId: handled ? beginning.handlerId : null,
    score: state === 'evaluated' ? beginning.score : null,
    state,
    dueAt,
    steps,
  };
}

/** Writes lives as the program would have left them. */
export async function writeLives(db: Kysely<Database>, lives: readonly CaseLife[]): Promise<void> {
  const text = json({ 'zh-CN': '测试', en: 'Test' });
  const orders = lives.map((life) => ({
    id: life.id,
    incidentId: null,
    category: life.category,
    title: text,
    instructions: text,
    photoRequired: false,
    acceptWithinSeconds: 300,
    state: life.state,
    severity: 'minor' as const,
    areaId: life.areaId,
    dutyGridId: life.areaId.startsWith('g') ? life.areaId : null,
    handlerId: life.handlerId,
    createdAt: new Date(life.createdAt),
    updatedAt: new Date(life.steps.at(-1)!.at),
    source: life.source,
    dueAt: life.dueAt === null ? null : new Date(life.dueAt),
    score: life.score,
    suspendedFrom: life.state === 'suspended' ? life.steps.findLast(({ to }) => to === 'suspended')!.from : null,
    resumeAt: life.state === 'suspended' ? new Date(life.createdAt + 1e9) : null,
  }));
  const steps = lives.flatMap((life) =>
    life.steps.map((step) => ({
      id: randomUUID(),
      workOrderId: life.id,
      at: new Date(step.at),
      action: step.action,
      fromState: step.from,
      toState: step.to,
      actorKind: 'system' as const,
      actorId: 'test',
      data: json(step.data ?? {}),
      dueAt: step.dueAt === null ? null : new Date(step.dueAt),
    })),
  );
  for (let n = 0; n < orders.length; n += 1000)
    await db
      .insertInto('workOrders')
      .values(orders.slice(n, n + 1000))
      .execute();
  for (let n = 0; n < steps.length; n += 3000)
    await db
      .insertInto('workOrderSteps')
      .values(steps.slice(n, n + 3000))
      .execute();
}
