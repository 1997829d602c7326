import { Injectable } from '@nestjs/common';
import type { RoundAssignee } from '@sc/contracts';
import { Directory, type StaffMember } from '@sc/features/directory';
import type { Database, Row } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

type Db = Kysely<Database>;
type Span = Pick<Row<'rounds'>, 'areaId' | 'startsAt' | 'dueAt'>;

/** In whose hands a round is put: somebody on shift at its start with the fewest rounds at that time, then orders, then by id. */
@Injectable()
export class RoundHands {
  constructor(private readonly directory: Directory) {}

  /** @returns nobody when there is no one on shift; a person who is named has it in any case, as long as they may log in */
  async choose(db: Db, assignee: RoundAssignee, round: Span): Promise<string | undefined> {
    if (assignee.kind === 'person') {
      const person = db
        .selectFrom('people')
        .select('id')
        .where('id', '=', assignee.personId)
        .where('active', '=', true);
      return (await person.executeTakeFirst())?.id;
    }
    const options = await this.optionsOf(db, assignee, round);
    if (!options.length) return undefined;
    const { rows } = await sql<{ personId: string; rounds: number }>`
      select assignee_id as person_id, count(*)::int as rounds from rounds
      where state in ('planned', 'started') and starts_at < ${round.dueAt} and due_at > ${round.startsAt}
        and assignee_id = any(${options.map(({ personId }) => personId)}::uuid[])
      group by assignee_id`.execute(db);
    const load = new Map(rows.map(({ personId, rounds }) => [personId, rounds]));
    const loadOf = ({ personId }: StaffMember) => load.get(personId) ?? 0;
    return options.toSorted(
      (a, b) => loadOf(a) - loadOf(b) || a.openOrders - b.openOrders || (a.personId < b.personId ? -1 : 1),
    )[0]?.personId;
  }

  /** Whether somebody who was chosen earlier is still one of those who could be. */
  async isStillThere(db: Db, assignee: RoundAssignee, round: Span, personId: string): Promise<boolean> {
    if (assignee.kind === 'person') return true;
    return (await this.optionsOf(db, assignee, round)).some((one) => one.personId === personId);
  }

  private async optionsOf(db: Db, assignee: RoundAssignee, { areaId, startsAt }: Span): Promise<StaffMember[]> {
    const at = +startsAt;
    if (assignee.kind === 'team') return this.directory.membersOnShift(assignee.teamId, at, db);
    const grid = (await this.directory.dutyGridOf(areaId, db)) ?? areaId;
    const near = await this.directory.officersOnShift(grid, at, db);
    if (near.length) return near;
    const community = await this.directory.communityOf(areaId, db);
    return community ? this.directory.officersOnShift(community, at, db) : [];
  }
}
