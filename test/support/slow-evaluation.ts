import { type EvaluationFigureCode, type EvaluationValue, satisfiedScore, smallNumber } from '@sc/contracts';
import { type CaseLife, clockOfState, type LifeStep } from './case-lives.js';

const share = (part: unknown[], all: unknown[]): EvaluationValue => ({
  value: all.length ? part.length / all.length : null,
  of: all.length,
});
const times = (values: number[], rank: number): EvaluationValue => ({
  value: values.toSorted((a, b) => a - b)[Math.ceil(values.length * rank) - 1] ?? null,
  of: values.length,
});
const done =
  (...actions: string[]) =>
  ({ steps }: CaseLife) =>
    steps.some(({ action }) => actions.includes(action));
const isClosed = ({ state }: CaseLife) => state === 'closed' || state === 'evaluated';

/** The figures as one would count them by hand: life after life, step after step. */
export function slowFigures(
  lives: readonly CaseLife[],
  now: number,
  { byPerson = false } = {},
): Record<EvaluationFigureCode, EvaluationValue> {
  const valid = lives.filter(({ state }) => state !== 'voided');
  const closed = lives.filter(isClosed);
  const facts = new Map(valid.map((life) => [life.id, walk(life, now)]));
  const of = (life: CaseLife) => facts.get(life.id)!;
  const late = valid.filter((life) => of(life).late.size > 0);
  const due = valid.filter((life) => of(life).ended.size > 0 || of(life).late.size > 0);
  const stepDue = (clock: 'accept' | 'handle', among: CaseLife[]) =>
    among.filter((life) => of(life).ended.has(clock) || of(life).late.has(clock));
  const givenOnce = (life: CaseLife) =>
    life.steps.filter(({ to, action }) => to === 'dispatched' && ['dispatch', 'assign', 'escalate'].includes(action))
      .length === 1;
  const own = byPerson ? valid.filter(givenOnce) : valid;
  const [respond, handle] = [stepDue('accept', own), stepDue('handle', valid)];
  const closing = [...new Set([...closed.filter((life) => due.includes(life)), ...late])];
  const given = (life: CaseLife) => life.steps.find(({ to }) => to === 'dispatched' || to === 'accepted')?.at;
  const dispatchDue = valid
    .filter((life) => !done('self-handled')(life))
    .filter((life) => given(life) !== undefined || life.createdAt + 300_000 < now);
  const dispatched = valid.filter((life) => given(life) !== undefined);
  const reported = valid.filter(done('report', 'self-handled'));
  const scored = valid.filter(({ score }) => score !== null);
  const seconds = (values: (number | null)[]) => values.filter((value) => value !== null).map((ms) => ms / 1000);
  const accepts = seconds(own.map((life) => of(life).acceptMs));
  const handles = seconds(valid.map((life) => of(life).handleMs));
  const closes = seconds(closed.map((life) => of(life).closeMs));
  const suspended = valid.filter((life) => of(life).pauses.length > 0);
  return {
    count: { value: lives.length, of: lives.length },
    open: { value: valid.length - closed.length, of: lives.length },
    overdue: { value: due.length ? late.length : null, of: due.length },
    'on-time-registration': { value: null, of: 0 },
    'accurate-registration': share(valid, [...lives]),
    'on-time-dispatch': share(
      dispatchDue.filter((life) => (given(life) ?? Infinity) <= life.createdAt + 300_000),
      dispatchDue,
    ),
    'accurate-dispatch': share(
      dispatched.filter((life) => !done('return', 'rework', 'sensor-rework')(life)),
      dispatched,
    ),
    'on-time-handling': share(
      handle.filter((life) => !of(life).late.has('handle')),
      handle,
    ),
    'on-time-closing': share(
      closing.filter((life) => isClosed(life) && !late.includes(life)),
      closing,
    ),
    'rework-rate': share(reported.filter(done('rework', 'sensor-rework')), reported),
    'response-rate': share(
      respond.filter((life) => !of(life).late.has('accept')),
      respond,
    ),
    'solved-rate': share(closed, [...new Set([...closed, ...late])]),
    'satisfied-rate': share(
      scored.filter(({ score }) => score! >= satisfiedScore),
      scored,
    ),
    score: {
      value: scored.length ? scored.reduce((sum, { score }) => sum + score!, 0) / scored.length : null,
      of: scored.length,
    },
    ...ofResidents(valid, closed),
    'accept-median': times(accepts, 0.5),
    'accept-p90': times(accepts, 0.9),
    'handle-median': times(handles, 0.5),
    'handle-p90': times(handles, 0.9),
    'close-median': times(closes, 0.5),
    'close-p90': times(closes, 0.9),
    'sensor-verified': share(closed.filter(done('sensor-verify')), closed),
    returned: share(dispatched.filter(done('return')), dispatched),
    escalated: share(valid.filter(done('escalate')), valid),
    suspended: {
      value: suspended.length
        ? suspended.reduce((sum, life) => sum + of(life).pauses.reduce((all, [from, to]) => all + to - from, 0), 0) /
          1000
        : null,
      of: suspended.length,
    },
  };
}

/** What residents said of the cases: ratings, what was reopened, and how long the first answer took. */
function ofResidents(valid: readonly CaseLife[], closed: readonly CaseLife[]) {
  const followed = closed.filter(({ residents }) => residents);
  const ratings = followed.flatMap(({ residents }) => residents!.ratings);
  const answers = valid.flatMap(({ residents }) => {
    const first = residents?.answeredAfterMs.toSorted((a, b) => a - b)[0];
    return first === undefined ? [] : [first / 1000];
  });
  return {
    'resident-ratings': { value: followed.length ? ratings.length : null, of: followed.length },
    'resident-score': {
      value: ratings.length < smallNumber ? null : ratings.reduce((sum, score) => sum + score, 0) / ratings.length,
      of: ratings.length,
    },
    'reopened-rate': share(
      followed.filter(({ residents }) => residents!.reopened),
      followed,
    ),
    'answer-median': times(answers, 0.5),
  };
}

/** One life from its first step to its last. */
function walk(life: CaseLife, now: number) {
  const [late, ended] = [new Set<string>(), new Set<string>()];
  const pauses: [number, number][] = [];
  let pausedAt: number | null = null;
  for (const step of life.steps) {
    if (step.to === 'suspended' && pausedAt === null) pausedAt = step.at;
    else if (step.from === 'suspended' && step.to !== 'suspended') {
      pauses.push([pausedAt!, step.at]);
      pausedAt = null;
    }
    judge(step, late, ended);
  }
  if (pausedAt !== null) pauses.push([pausedAt, now]);
  const open = clockOfState[life.state];
  if (open && life.dueAt !== null && life.dueAt < now) late.add(open);
  const when = (...actions: string[]) =>
    life.steps.filter(({ action }) => actions.includes(action)).map(({ at }) => at);
  const given = life.steps.find(({ to }) => to === 'dispatched' || to === 'accepted')?.at;
  const [accepted, reported, closed] = [when('accept')[0], when('report').at(-1), when('close').at(-1)];
  const paused = (from: number, to: number) =>
    pauses.filter(([begin]) => begin >= from && begin < to).reduce((sum, [begin, end]) => sum + end - begin, 0);
  const isHandled = accepted !== undefined && reported !== undefined && accepted <= reported;
  return {
    late,
    ended,
    pauses,
    acceptMs: accepted !== undefined && given !== undefined && given < accepted ? accepted - given : null,
    handleMs: isHandled ? reported - accepted - paused(accepted, reported) : null,
    closeMs: closed === undefined ? null : closed - life.createdAt - paused(0, Infinity),
  };
}

/** Whether this step ended the clock it left, and whether too late. A pause only stops it. */
function judge({ action, from, to, at, dueAt }: LifeStep, late: Set<string>, ended: Set<string>): void {
  const clock = from && clockOfState[from];
  if (!clock || dueAt === null || to === 'suspended' || clockOfState[to] === clock) return;
  if (at > dueAt) late.add(clock);
  const own = {
    accept: action === 'accept' || action === 'self-handled',
    handle: to === 'reported' || to === 'verified',
    verify: true,
  };
  if (own[clock]) ended.add(clock);
}
