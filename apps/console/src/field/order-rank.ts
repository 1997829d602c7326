import type { Severity, WorkOrder } from '@sc/contracts';
import { metresBetween, type Here } from './metres.js';

type Ranked = Pick<WorkOrder, 'state' | 'severity' | 'acceptBy' | 'createdAt' | 'position'>;

/**
 * Urgent first: what is still to be accepted before what is in hand, then the gravest. To accept takes two taps wherever one is:
 * there the one due first. What is in hand is walked to: there the nearest first, as far as places are known.
 */
export const byUrgency =
  (here?: Here) =>
  (a: Ranked, b: Ranked): number =>
    Number(b.state === 'dispatched') - Number(a.state === 'dispatched') ||
    gravity[a.severity] - gravity[b.severity] ||
    (a.state === 'dispatched' ? 0 : distance(a, here) - distance(b, here)) ||
    (a.acceptBy ?? a.createdAt).localeCompare(b.acceptBy ?? b.createdAt);

/** As the contract has it; the first paint sorts before the contract has come. */
const gravity: Record<Severity, number> = { extreme: 0, severe: 1, moderate: 2, minor: 3, unknown: 4 };
/** What has no place is not nearer than what has one. */
const farMetres = 1e9;
const distance = ({ position }: Ranked, here: Here | undefined): number =>
  here && position ? Math.round(metresBetween(here, position) / 10) : farMetres;
