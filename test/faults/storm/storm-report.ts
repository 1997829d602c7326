import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitOf, machine, table } from '../campaign/figures.js';
import type { StormResult } from './storm.js';

const page = join('docs', 'faults.md');
const heading = '## Storm';

/** The part of the page that is ours, for whoever writes the rest anew. */
export function stormSection(): string {
  const text = readFileSync(page, 'utf8');
  return text.includes(heading) ? text.slice(text.indexOf(heading)) : '';
}

/** Figures to bench-results/ and, of the long form on both queues, into their section of the page. @returns the table, for people */
export function publishStorms(results: readonly StormResult[], isComplete: boolean): string {
  const at = new Date().toISOString();
  mkdirSync('bench-results', { recursive: true });
  const file = join('bench-results', `faults-storm-${at.replaceAll(':', '').slice(0, 17)}.json`);
  writeFileSync(file, `${JSON.stringify({ at, commit: commitOf(), machine: machine(), results }, null, 2)}\n`);
  if (isComplete) {
    const rest = readFileSync(page, 'utf8').split(heading)[0]!.trimEnd();
    writeFileSync(page, `${rest}\n\n${section(results, at)}\n`);
  }
  return `\n${tableOf(results)}\n\nfigures: ${file}`;
}

function section(results: readonly StormResult[], at: string): string {
  const [first] = results;
  return [
    heading,
    `Incidents all over ten communities within seconds, half of them danger to life, and ${first!.dispatchers} dispatch processes of their own, each killed by kill -9 at moments of chance, while it works or while it comes up, and started again until every incident has its order. Meanwhile people accept some orders and see others through to their end, conditions end and begin again. Then every incident must have one order in the one right state, somebody must have it, everyone who was given or called to it be told once in the app, no step be made twice, no job be due or dead, an escalation stand behind each order that waits, and the audit trail be whole.`,
    `- commit ${commitOf()}, ${at.slice(0, 10)}, seed ${first!.seed}\n- ${machine()}; all processes share these cores with whatever else ran there`,
    tableOf(results),
    'Doubled counts incidents and orders, told twice and told never count people and orders; seconds run from the first alarm. A second e-mail, text message or webhook with the same id is allowed after a kill: they are promised at least once, and not part of this.',
  ].join('\n\n');
}

function tableOf(results: readonly StormResult[]): string {
  const head = [
    'queue',
    'incidents',
    'kills',
    'orders',
    'doubled',
    'missing',
    'stuck',
    'told twice',
    'told never',
    'wrong',
    's until all ordered',
    's until all done',
  ];
  const rows = results.map((one) => [
    one.queue,
    ...[one.incidents, one.kills, one.orders, one.doubled, one.missing, one.stuck, one.toldTwice, one.toldNever].map(
      (figure) => figure.toLocaleString('en-US'),
    ),
    String(one.problems.length),
    one.orderedSeconds.toFixed(0),
    one.doneSeconds.toFixed(0),
  ]);
  return table(head, rows);
}
