import type { ProcessReport, System, SystemPulse } from '@sc/contracts';

type Trouble = SystemPulse['troubles'][number];

const mostTroubles = 50;
/** Lanes in which what is due concerns people now; other programs may take their time. */
const lanesOfWork: ReadonlySet<string> = new Set(['urgent', 'default']);

/** What of the whole report says that the platform does not do its work. */
export function pulseOf({ at, processes, missing, backlog }: System): SystemPulse {
  const reporting = new Set(processes.filter(({ state }) => state === 'reporting').map(({ kind }) => kind));
  const troubles = [
    ...missing.map((kind): Trouble => ({ kind, what: 'missing', check: null, detail: null })),
    ...processes.flatMap((one) => troublesOf(one, reporting.has(one.kind))),
  ];
  const late = backlog.jobs
    .filter(({ lane }) => lanesOfWork.has(lane))
    .map(({ oldestDueSeconds }) => oldestDueSeconds ?? 0);
  return {
    at,
    troubles: troubles.slice(0, mostTroubles),
    lateSeconds: Math.max(0, backlog.outbox.oldestSeconds ?? 0, ...late),
  };
}

/** @param another whether one of its kind is there; then one that was ended in order is no trouble */
function troublesOf({ kind, state, health }: ProcessReport, another: boolean): Trouble[] {
  if (state === 'stopped') return another ? [] : [{ kind, what: 'stopped', check: null, detail: null }];
  if (state === 'silent') return [{ kind, what: 'silent', check: null, detail: null }];
  return Object.entries(health?.checks ?? {})
    .filter(([, { status }]) => status === 'down')
    .map(([check, { detail }]) => ({ kind, what: 'check', check, detail: detail ?? null }));
}
