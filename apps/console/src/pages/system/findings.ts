import type { ProcessKind, ProcessReport, System } from '@sc/contracts';
import { backlogFigures, type Figure, type Level, partsOf } from './judge.js';

/** Something a person should know of, the gravest first. */
export type Finding = { level: Exclude<Level, 'good'> } & (
  | { about: 'missing'; kind: ProcessKind }
  | { about: 'silent' | 'stopped'; process: ProcessReport }
  | { about: 'check'; process: ProcessReport; check: string; detail: string | undefined }
  | { about: 'figure'; process: ProcessReport | undefined; figure: Figure }
  | { about: 'letters'; total: number }
);

export function findingsOf({ processes, missing, backlog }: System): Finding[] {
  const findings: Finding[] = [
    ...missing.map((kind): Finding => ({ level: 'bad', about: 'missing', kind })),
    ...processes.flatMap((process) => ofProcess(process)),
    ...backlogFigures(backlog).flatMap((figure) => ofFigure(figure, undefined)),
  ];
  const fresh = backlog.deadLetters.reduce((sum, letter) => sum + letter.lastHour, 0);
  if (fresh > 0) findings.push({ level: 'warn', about: 'letters', total: fresh });
  return findings.sort((a, b) => Number(b.level === 'bad') - Number(a.level === 'bad'));
}

/** Of a process that does not report, the last words say nothing about now. */
function ofProcess(process: ProcessReport): Finding[] {
  if (process.state !== 'reporting')
    return [{ level: process.state === 'silent' ? 'bad' : 'warn', about: process.state, process }];
  const degraded = process.health?.status === 'degraded';
  const checks = Object.entries(process.health?.checks ?? {})
    .filter(([, { status }]) => status === 'down')
    .map(([check, { detail }]): Finding => ({
      level: degraded ? 'warn' : 'bad',
      about: 'check',
      process,
      check,
      detail,
    }));
  const figures = process.figures ? partsOf(process.figures).flatMap((part) => part.figures) : [];
  return [...checks, ...figures.flatMap((figure) => ofFigure(figure, process))];
}

function ofFigure(figure: Figure, process: ProcessReport | undefined): Finding[] {
  const { level } = figure;
  return level === 'warn' || level === 'bad' ? [{ level, about: 'figure', process, figure }] : [];
}
