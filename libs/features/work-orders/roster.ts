import type { ChainStep, Position, Severity } from '@sc/contracts';
import type { Directory, StaffMember } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import type { Option } from './comparison.js';
import type { Rung } from './considered.js';
import { metresBetween } from './metres-between.js';
import { awayFrom, type Somebody, staffedAmong, standingOf, thatPerson } from './roster-queries.js';
import { weightOf, type Workload, workloadsOf } from './workload.js';

/** What of an order decides who could be asked. */
export interface Task {
  severity: Severity;
  areaId: string;
  dutyGridId: string | null;
  longitude?: number | null | undefined;
  latitude?: number | null | undefined;
  skills?: readonly string[] | undefined;
  teamId?: string | null | undefined;
}

type Tier = Option['tier'];
/** Of those above: the area of their role. */
type Placed = Somebody & { areaId?: string | undefined };

/** Who could be asked, as one transaction sees it: each list is asked for once, with the orders it gives them itself. */
export class Roster {
  private readonly lists = new Map<string, Promise<Placed[]>>();
  private readonly workloads = new Map<string, Workload>();
  /** Areas above the tasks in which somebody is operator or manager; unknown for one task alone. */
  private staffed: ReadonlySet<string> | undefined;
  /** What the transaction itself gave them and took from them, which the database may not know yet. */
  private readonly moved = new Map<string, Omit<Workload, 'seenAt'>>();

  constructor(
    private readonly directory: Directory,
    private readonly at: number,
    private readonly db: Kysely<Database>,
  ) {}

  /** Asks at once for the officers near all of these, and for what those have in hand: no statement for each of many orders. */
  async lookAround(tasks: readonly Task[]): Promise<void> {
    const areaIds = new Set<string>();
    const above = new Set<string>();
    for (const task of tasks) {
      areaIds.add(gridOf(task)).add(await this.communityOf(task));
      for (const id of await this.directory.areaPath(task.areaId, this.db)) above.add(id);
    }
    this.staffed = await staffedAmong(this.db, [...above]);
    const lists = await this.onShiftIn([...areaIds]);
    for (const [areaId, list] of lists) this.lists.set(keyOf(areaId), Promise.resolve(list));
    await this.weigh([...lists.values()].flat());
  }

  /** The people of each step of the chain. */
  async rungs(task: Task, steps: readonly ChainStep[]): Promise<Rung[]> {
    const rungs: Rung[] = [];
    for (const step of steps)
      rungs.push({ who: step.who, times: step.times, options: await this.optionsOf(task, step) });
    return rungs;
  }

  /** Has it in hand from now on, for those that come after in the same transaction. */
  gave(personId: string, severity: Severity): void {
    this.move(personId, severity, 1);
    const { givenInShift, ...rest } = this.movedOf(personId);
    this.moved.set(personId, { ...rest, givenInShift: givenInShift + 1, lastGivenAt: this.at });
  }

  /** It goes on to somebody else. */
  took(personId: string, severity: Severity): void {
    this.move(personId, severity, -1);
  }

  private move(personId: string, severity: Severity, orders: 1 | -1): void {
    const { openOrders, load, ...rest } = this.movedOf(personId);
    const weight = orders * weightOf[severity];
    this.moved.set(personId, { ...rest, openOrders: openOrders + orders, load: load + weight });
  }

  private movedOf(personId: string): Omit<Workload, 'seenAt'> {
    return this.moved.get(personId) ?? nothingMoved;
  }

  private workloadOf(personId: string): Workload {
    const known = this.workloads.get(personId) ?? nothingInHand;
    const { openOrders, load, givenInShift, lastGivenAt } = this.movedOf(personId);
    return {
      ...known,
      openOrders: known.openOrders + openOrders,
      load: known.load + load,
      givenInShift: known.givenInShift + givenInShift,
      lastGivenAt: lastGivenAt ?? known.lastGivenAt,
    };
  }

  private async optionsOf(task: Task, { who, personId }: ChainStep): Promise<Option[]> {
    const { areaId } = task;
    switch (who) {
      case 'team':
        return this.officers(task, await this.teamOf(task));
      case 'grid-officers':
        return this.officers(task, await this.onShift(gridOf(task)));
      case 'community-officers':
        return this.officers(task, await this.onShift(await this.communityOf(task)));
      case 'everyone-on-shift':
        return this.officers(task, [
          ...(await this.onShift(await this.communityOf(task))),
          ...(await this.teamOf(task)),
        ]);
      case 'person':
        return this.options(
          task,
          await this.once(`person ${personId}`, () => thatPerson(this.db, personId, this.at)),
          () => ({ tier: 'named', stepsUp: 0 }),
        );
      case 'operators':
        return this.above(
          task,
          'operator',
          await this.once(`operators ${await this.staffedOf(areaId)}`, () =>
            this.there(this.directory.operatorsOf(areaId, this.db)),
          ),
        );
      case 'managers':
        return this.above(
          task,
          'manager',
          await this.once(`managers ${await this.staffedOf(areaId)}`, () =>
            this.there(this.directory.managersOf(areaId, this.db)),
          ),
        );
    }
  }

  private async officers(task: Task, people: readonly Somebody[]): Promise<Option[]> {
    const ids = (of: readonly Somebody[]) => new Set(of.map(({ personId }) => personId));
    const team = ids(await this.teamOf(task));
    const grid = ids(await this.onShift(gridOf(task)));
    const once = [...new Map(people.map((one) => [one.personId, one])).values()];
    return this.options(task, once, ({ personId }) => ({
      tier: team.has(personId) ? 'team' : grid.has(personId) ? 'grid' : 'community',
      stepsUp: 0,
    }));
  }

  /** Those above are not asked for their skills: they find somebody who has them. */
  private async above(task: Task, tier: Tier, people: readonly Placed[]): Promise<Option[]> {
    const path = await this.directory.areaPath(task.areaId, this.db);
    return this.options({ ...task, skills: [] }, people, ({ areaId }) => ({
      tier,
      stepsUp: path.length - 1 - path.indexOf(areaId ?? ''),
    }));
  }

  /** Of places below the same operators and managers they are asked for once. */
  private async staffedOf(areaId: string): Promise<string> {
    if (!this.staffed) return areaId;
    const path = await this.directory.areaPath(areaId, this.db);
    return path.filter((id) => this.staffed?.has(id)).join(' ');
  }

  /** With the area of each one's role. */
  private async there(asked: Promise<StaffMember[]>): Promise<Placed[]> {
    const people = await asked;
    const ids = people.map(({ personId }) => personId);
    const standing = await standingOf(this.db, ids, this.at);
    return people.map((one) => ({
      ...one,
      areaId: standing.get(one.personId)?.areaId,
      onLeave: standing.get(one.personId)?.onLeave ?? false,
    }));
  }

  private async options<P extends Somebody>(
    { skills = [], longitude, latitude }: Task,
    people: readonly P[],
    place: (one: P) => Pick<Option, 'tier' | 'stepsUp'>,
  ): Promise<Option[]> {
    await this.weigh(people);
    const to: Position | null =
      typeof longitude === 'number' && typeof latitude === 'number' ? [longitude, latitude] : null;
    return people.map((one) => {
      const { seenAt, ...workload } = this.workloadOf(one.personId);
      const from = seenAt ?? one.position;
      return {
        personId: one.personId,
        ...place(one),
        missingSkills: skills.filter((skill) => !one.skills.includes(skill)),
        ...workload,
        distanceM: from && to ? metresBetween(from, to) : null,
        onLeave: one.onLeave ?? false,
      };
    });
  }

  private async communityOf({ areaId, dutyGridId }: Task): Promise<string> {
    return (await this.directory.communityOf(areaId, this.db)) ?? dutyGridId ?? areaId;
  }

  private teamOf({ teamId }: Task): Promise<Somebody[]> {
    if (!teamId) return Promise.resolve([]);
    return this.once(`team ${teamId}`, () => this.directory.membersOnShift(teamId, this.at, this.db));
  }

  private onShift(areaId: string): Promise<Somebody[]> {
    return this.once(keyOf(areaId), async () => (await this.onShiftIn([areaId])).get(areaId)!);
  }

  private async onShiftIn(areaIds: readonly string[]): Promise<Map<string, Somebody[]>> {
    const there = await this.directory.officersOnShiftIn(areaIds, this.at, this.db);
    const away = await awayFrom(this.db, areaIds, this.at);
    return new Map(areaIds.map((id) => [id, [...there.get(id)!, ...away.get(id)!]]));
  }

  /** What they have in hand, unless it is known. */
  private async weigh(people: readonly Somebody[]): Promise<void> {
    const unknown = new Set(people.map(({ personId }) => personId).filter((id) => !this.workloads.has(id)));
    for (const [id, workload] of await workloadsOf(this.db, [...unknown], this.at)) this.workloads.set(id, workload);
  }

  private once(key: string, ask: () => Promise<Placed[]>): Promise<Placed[]> {
    const list = this.lists.get(key) ?? ask();
    this.lists.set(key, list);
    return list;
  }
}

const keyOf = (areaId: string): string => `area ${areaId}`;
const gridOf = ({ areaId, dutyGridId }: Task): string => dutyGridId ?? areaId;

const nothingMoved = { openOrders: 0, load: 0, givenInShift: 0, lastGivenAt: null };
const nothingInHand: Workload = { openOrders: 0, load: 0, givenInShift: 0, lastGivenAt: null, seenAt: null };
