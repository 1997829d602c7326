import { Inject, Injectable } from '@nestjs/common';
import type { CatalogueDetail, CatalogueEntry, CatalogueGap, CatalogueQuery, Person } from '@sc/contracts';
import { domains } from '@sc/domains';
import { areaScope } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { type Kysely } from 'kysely';
import { newerDefaultOf } from '../defaults/index.js';
import { draftOf, entryOf, type EntryRow, itemOf } from '../entry.js';
import { exportCatalogue } from '../imports/export-catalogue.js';
import { KindsOfWork } from '../kinds-of-work.js';
import { refusals } from '../refusals.js';
import { Scope } from '../scope.js';
import { matching } from './matching.js';

type NamedRow = EntryRow & { proposerName: string | null; deciderName: string | null };

/** The catalogue as people see it. */
@Injectable()
export class CatalogueReader {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  async list(person: Person, query: CatalogueQuery): Promise<CatalogueEntry[]> {
    const scope = await Scope.of({ db: this.db }, person);
    const rows = (await this.rows().orderBy('e.code').execute()).filter((row) => scope.maySee(row));
    const place = query.usableIn === undefined ? undefined : scope.pathOf(query.usableIn);
    return matching(rows, query, place).map((row) => this.entry(row, scope));
  }

  /** @throws ProblemError `not-found` */
  async one(person: Person, code: string): Promise<CatalogueDetail> {
    const scope = await Scope.of({ db: this.db }, person);
    const row = await this.rows().where('e.code', '=', code).executeTakeFirst();
    if (!row || !scope.maySee(row)) throw new ProblemError('not-found', refusals.noEntry);
    const { count } = await this.db
      .selectFrom('workOrders')
      .innerJoin('areas', 'areas.id', 'workOrders.areaId')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('category', '=', code)
      .where('state', 'not in', ['closed', 'evaluated', 'voided'])
      .where(areaScope(person.areaId))
      .executeTakeFirstOrThrow();
    return { ...this.entry(row, scope), asked: row.asked, openOrders: Number(count) };
  }

  async csv(person: Person): Promise<string> {
    const scope = await Scope.of({ db: this.db }, person);
    const rows = await this.db.selectFrom('catalogueEntries').selectAll().execute();
    return exportCatalogue(rows.filter((row) => scope.maySee(row)).map(entryOf));
  }

  async gaps(): Promise<CatalogueGap[]> {
    const rows = await this.db.selectFrom('catalogueEntries').selectAll().where('domain', 'is not', null).execute();
    return new KindsOfWork(domains, rows.map(entryOf)).gaps;
  }

  private rows() {
    return this.db
      .selectFrom('catalogueEntries as e')
      .leftJoin('people as proposer', 'proposer.id', 'e.proposedBy')
      .leftJoin('people as decider', 'decider.id', 'e.decidedBy')
      .selectAll('e')
      .select(['proposer.name as proposerName', 'decider.name as deciderName']);
  }

  private entry(row: NamedRow, scope: Scope): CatalogueEntry {
    const { asked, ...draft } = draftOf(row);
    const { defaultHash, changed, state, version } = row;
    return {
      ...draft,
      kind: asked ? 'item' : 'branch',
      state,
      version,
      severity: itemOf(row)?.severity ?? null,
      origin: defaultHash === null ? 'own' : changed ? 'changed' : 'default',
      newerDefault: newerDefaultOf(row) !== undefined,
      proposal: proposalOf(row),
      may: { change: scope.mayChange(row), decide: scope.mayDecide(row) },
    };
  }
}

function proposalOf(row: NamedRow): CatalogueEntry['proposal'] {
  const { proposedAt, proposedBy, proposerName, decidedAt, deciderName, decisionNote, reason } = row;
  if (!proposedAt) return null;
  return {
    reason,
    by: proposedBy && proposerName !== null ? { id: proposedBy, name: proposerName } : null,
    at: proposedAt.toISOString(),
    decision: decidedAt ? { by: deciderName ?? '', at: decidedAt.toISOString(), note: decisionNote } : null,
  };
}
