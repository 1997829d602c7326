import type { Directory, StaffMember } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';

/** Officers on shift as one transaction sees them, asked for once, with the orders it gives them itself. */
export class Roster {
  private readonly lists = new Map<string, Promise<StaffMember[]>>();
  private readonly given = new Map<string, number>();

  constructor(
    private readonly directory: Directory,
    private readonly at: number,
    private readonly db: Kysely<Database>,
  ) {}

  /** The least loaded first, then by id, as the directory has it. */
  async onShift(areaId: string): Promise<StaffMember[]> {
    const list = this.lists.get(areaId) ?? this.directory.officersOnShift(areaId, this.at, this.db);
    this.lists.set(areaId, list);
    return (await list)
      .map((member) => ({ ...member, openOrders: member.openOrders + (this.given.get(member.personId) ?? 0) }))
      .sort((a, b) => a.openOrders - b.openOrders || (a.personId < b.personId ? -1 : 1));
  }

  gave(personId: string): void {
    this.given.set(personId, (this.given.get(personId) ?? 0) + 1);
  }
}
