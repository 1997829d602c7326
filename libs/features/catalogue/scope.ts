import type { Person } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import type { EntryRow } from './entry.js';

type Where = Pick<EntryRow, 'areaId'>;

/** What a person may do with which entries. */
export class Scope {
  private constructor(
    readonly person: Person,
    private readonly paths: ReadonlyMap<string, readonly string[]>,
    private readonly wholeSite: boolean,
  ) {}

  static async of({ db }: { db: Kysely<Database> }, person: Person): Promise<Scope> {
    const areas = await db.selectFrom('areas').select(['id', 'path', 'parentId']).execute();
    const own = areas.find(({ id }) => id === person.areaId);
    return new Scope(person, new Map(areas.map(({ id, path }) => [id, path])), own?.parentId === null);
  }

  knows(areaId: string): boolean {
    return this.paths.has(areaId);
  }

  /** Ids from the root down. */
  pathOf(areaId: string): readonly string[] {
    return this.paths.get(areaId) ?? [];
  }

  /** What counts everywhere, in their area, or where their area lies. */
  maySee({ areaId }: Where): boolean {
    if (areaId === null) return true;
    return this.contains(areaId) || this.pathOf(this.person.areaId).includes(areaId);
  }

  /** What counts everywhere belongs to who looks after the whole site. */
  private contains(areaId: string | null): boolean {
    return areaId === null ? this.wholeSite : this.pathOf(areaId).includes(this.person.areaId);
  }

  mayChange({ areaId }: Where): boolean {
    return (this.person.role === 'admin' || this.person.role === 'manager') && this.contains(areaId);
  }

  mayPropose({ areaId }: Where): boolean {
    return this.person.role !== 'officer' && this.contains(areaId);
  }

  /** Nobody admits what they proposed themselves, or changed while it waited. */
  mayDecide(row: Where & Pick<EntryRow, 'state' | 'proposedBy'>): boolean {
    return row.state === 'proposed' && row.proposedBy !== this.person.id && this.mayChange(row);
  }

  /** They answer for the catalogue of the whole site: what they add is in force. */
  get admitsAlone(): boolean {
    return this.person.role === 'admin' && this.wholeSite;
  }
}
