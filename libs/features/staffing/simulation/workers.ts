import type { Position, Severity } from '@sc/contracts';
import { type AssignmentOption, metresBetween, type Rung, weightOf } from '@sc/features/work-orders';
import type { Officer, PlannedCase, PlannedShift, Superior } from './world.js';

/** Somebody who works off cases, one at a time. */
export interface Worker {
  id: string;
  /** Of an officer: the shift they are on; a superior is always there. */
  shift: PlannedShift | null;
  officer: Officer | null;
  superior: Superior | null;
  /** Accepted, not begun. */
  waiting: number[];
  isBusy: boolean;
  openOrders: number;
  load: number;
  givenInShift: number;
  lastGivenAt: number | null;
  seenAt: { position: Position; at: number } | null;
  busy: { from: number; to: number }[];
  handled: number;
}

/** As in the roster of the program: who reported a step so long ago may be anywhere. */
const positionHoldsMs = 30 * 60_000;

/** Everybody who could be asked, with what is in their hands: what the roster of the program reads from the database. */
export class Workers {
  readonly all: readonly Worker[];
  private readonly byId: ReadonlyMap<string, Worker>;
  private readonly onShift = new Set<Worker>();

  constructor(officers: readonly Officer[], superiors: readonly Superior[]) {
    this.all = [
      ...officers.map((officer) => newWorker(officer.id, officer, null)),
      ...superiors.map((superior) => newWorker(superior.id, null, superior)),
    ];
    this.byId = new Map(this.all.map((worker) => [worker.id, worker]));
  }

  of(id: string): Worker {
    return this.byId.get(id)!;
  }

  begin(worker: Worker, shift: PlannedShift): void {
    // Two shifts that touch are one stay.
    if (!worker.shift) Object.assign(worker, { givenInShift: 0, lastGivenAt: null });
    worker.shift = shift;
    this.onShift.add(worker);
  }

  end(worker: Worker, shift: PlannedShift): void {
    if (worker.shift !== shift) return;
    worker.shift = null;
    this.onShift.delete(worker);
  }

  isThere = ({ superior, shift }: Worker): boolean => superior !== null || shift !== null;

  give(worker: Worker, severity: Severity, at: number): void {
    worker.openOrders += 1;
    worker.load += weightOf[severity];
    worker.givenInShift += 1;
    worker.lastGivenAt = at;
  }

  take(worker: Worker, severity: Severity): void {
    worker.openOrders -= 1;
    worker.load -= weightOf[severity];
  }

  /** The people of each step of the chain of a case, as the program would find them at that moment. */
  rungs(one: PlannedCase, at: number): Rung[] {
    return one.chain.map(({ who, times, personId }) => {
      const options = this.meant(one, who, personId).map((worker) => this.option(worker, one, at));
      return { who, times, options };
    });
  }

  /** From where to where somebody goes, in metres; `null`: not known. */
  distance(worker: Worker, to: Position | null, at: number): number | null {
    const from = placeOf(worker, at);
    return from && to ? metresBetween(from, to) : null;
  }

  private meant(one: PlannedCase, who: Rung['who'], personId: string | null): Worker[] {
    switch (who) {
      case 'team':
        return this.there((worker) => isOfTeam(worker, one));
      case 'grid-officers':
        return this.there(({ shift }) => shift!.path.includes(one.gridId));
      case 'community-officers':
        return this.there(({ shift }) => shift!.path.includes(one.communityId));
      case 'everyone-on-shift':
        return this.there((worker) => worker.shift!.path.includes(one.communityId) || isOfTeam(worker, one));
      case 'person': {
        const named = personId === null ? undefined : this.byId.get(personId);
        return named ? [named] : [];
      }
      case 'operators':
      case 'managers': {
        const role = who === 'managers' ? 'manager' : 'operator';
        return this.all.filter(({ superior }) => superior?.role === role && one.path.includes(superior.areaId));
      }
    }
  }

  private there(isMeant: (worker: Worker) => boolean): Worker[] {
    return [...this.onShift].filter(isMeant);
  }

  private option(worker: Worker, one: PlannedCase, at: number): AssignmentOption {
    const { id, officer, superior, openOrders, load, givenInShift, lastGivenAt } = worker;
    return {
      personId: id,
      tier: superior ? superior.role : isOfTeam(worker, one) ? 'team' : isOfGrid(worker, one) ? 'grid' : 'community',
      stepsUp: superior ? one.path.length - 1 - one.path.indexOf(superior.areaId) : 0,
      missingSkills: officer ? one.skills.filter((skill) => !officer.skills.includes(skill)) : [],
      openOrders,
      load,
      distanceM: this.distance(worker, one.position, at),
      givenInShift,
      lastGivenAt,
      onLeave: false,
    };
  }
}

const isOfTeam = ({ officer }: Worker, { teamId }: PlannedCase) =>
  teamId !== null && officer !== null && officer.teams.includes(teamId);
const isOfGrid = ({ shift }: Worker, { gridId }: PlannedCase) => shift !== null && shift.path.includes(gridId);

const placeOf = ({ seenAt, shift }: Worker, at: number): Position | null =>
  seenAt && at - seenAt.at <= positionHoldsMs ? seenAt.position : (shift?.centre ?? null);

const newWorker = (id: string, officer: Officer | null, superior: Superior | null): Worker => ({
  id,
  officer,
  superior,
  shift: null,
  waiting: [],
  isBusy: false,
  openOrders: 0,
  load: 0,
  givenInShift: 0,
  lastGivenAt: null,
  seenAt: null,
  busy: [],
  handled: 0,
});
