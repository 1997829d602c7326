import { Inject, Injectable } from '@nestjs/common';
import type { CreateEntry, DecideEntries, Person, RetireEntry, UpdateEntry } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Transaction, UnitOfWork } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { type EntryWrite, holdCatalogue, tellChange, writeEntries } from './catalogue-writing.js';
import { addition, edit } from './changes.js';
import { checkEntries } from './check.js';
import { hashOf, newerDefaultOf } from './defaults/index.js';
import { draftOf, entryOf, type EntryRow } from './entry.js';
import { assertUnused } from './in-use.js';
import { refusals } from './refusals.js';
import { Scope } from './scope.js';
import { worldOf } from './world.js';

interface Held {
  transaction: Transaction;
  scope: Scope;
  rows: ReadonlyMap<string, EntryRow>;
  at: Date;
}

/** Changes of the catalogue by people: checked as a whole, audited with what was before and after. */
@Injectable()
export class CatalogueService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `already-exists`, `forbidden`, `note-required` (why it is proposed), `invalid-request` */
  async create(person: Person, { reason, ...draft }: CreateEntry): Promise<void> {
    await this.changing(person, async (held) => {
      const { scope, rows, at } = held;
      if (rows.has(draft.code))
        throw new ProblemError('already-exists', commonRefusals.isTaken, [{ path: 'code', message: 'taken' }]);
      const may = draft.asked ? scope.mayPropose(draft) : draft.areaId === null && scope.mayChange(draft);
      if (!may) throw new ProblemError('forbidden', refusals.notTheirsToAdd);
      const write = addition(scope, draft, { at, reason });
      if (write.state === 'proposed' && !reason) throw new ProblemError('note-required', refusals.sayWhyNeeded);
      await put(held, [write]);
    });
  }

  /** @throws ProblemError `not-found`, `conflict`, `forbidden`, `invalid-request` */
  async update(person: Person, code: string, { basedOn, reason, ...draft }: UpdateEntry): Promise<void> {
    await this.changing(person, async (held) => {
      const { scope, at } = held;
      const row = one(held, code, basedOn);
      const ownProposal = row.proposedBy === person.id && (row.state === 'proposed' || row.state === 'refused');
      if (!scope.mayChange(row) && !ownProposal) throw notTheirs();
      if ((row.asked === null) !== (draft.asked === null)) throw invalid([{ path: 'asked', message: 'kind-fixed' }]);
      const write = edit(scope, row, { ...draft, code, areaId: row.areaId }, { at, reason });
      if (write) await put(held, [write]);
    });
  }

  /** All of them or none. @throws ProblemError `not-found`, `forbidden`, `action-not-allowed`, `note-required`, `invalid-request` */
  async decide(person: Person, { codes, admit, note }: DecideEntries): Promise<void> {
    if (!admit && !note) throw new ProblemError('note-required', refusals.sayWhyRefused);
    await this.changing(person, async (held) => {
      const writes = [...new Set(codes)].map((code): EntryWrite => {
        const row = one(held, code);
        if (row.state !== 'proposed') throw new ProblemError('action-not-allowed', refusals.doesNotWait(code));
        if (row.proposedBy === person.id) throw new ProblemError('forbidden', refusals.ownProposal);
        if (!held.scope.mayDecide(row)) throw notTheirs();
        const set = { decidedBy: person.id, decidedAt: held.at, decisionNote: note ?? null };
        const change = admit ? 'admitted' : 'refused';
        return { draft: draftOf(row), state: admit ? 'active' : 'refused', before: row, change, set, note };
      });
      await put(held, writes);
    });
  }

  /** Out of use, or back. Open orders go on as they are. @throws ProblemError `not-found`, `forbidden`, `action-not-allowed`, `invalid-request` */
  async retire(person: Person, code: string, { retired, note }: RetireEntry): Promise<void> {
    await this.changing(person, async (held) => {
      const row = one(held, code);
      if (!held.scope.mayChange(row)) throw notTheirs();
      const becomes = retired ? 'retired' : 'active';
      if (row.state === becomes) return;
      if (row.state !== (retired ? 'active' : 'retired'))
        throw new ProblemError('action-not-allowed', refusals.neverInUse);
      const change = retired ? 'retired' : 'returned';
      await put(held, [{ draft: draftOf(row), state: becomes, before: row, change, note }]);
    });
  }

  /** What the program brings by now instead. @throws ProblemError `not-found`, `conflict`, `forbidden`, `invalid-request` */
  async takeDefault(person: Person, code: string, basedOn: number): Promise<void> {
    await this.changing(person, async (held) => {
      const row = one(held, code, basedOn);
      if (!held.scope.mayChange(row)) throw notTheirs();
      const draft = newerDefaultOf(row, { orChanged: row.changed });
      if (!draft) return;
      const set = { changed: false, defaultHash: hashOf(draft) };
      await put(held, [{ draft, state: row.state, before: row, change: 'default-taken', set }]);
    });
  }

  /** Only what nothing refers to. @throws ProblemError `not-found`, `forbidden`, `action-not-allowed` */
  async remove(person: Person, code: string): Promise<void> {
    await this.changing(person, async ({ transaction, scope, rows, ...held }) => {
      const row = one({ transaction, scope, rows, ...held }, code);
      const ownProposal = row.proposedBy === person.id && row.state !== 'active' && row.state !== 'retired';
      if (!scope.mayChange(row) && !ownProposal) throw notTheirs();
      await assertUnused(transaction, row, rows);
      await transaction.db.deleteFrom('catalogueEntries').where('code', '=', code).execute();
      transaction.audit({
        actor: { kind: 'person', id: person.id },
        action: 'catalogue.deleted',
        subjectType: 'catalogue',
        subjectId: code,
        change: { before: { ...draftOf(row), state: row.state } },
      });
      tellChange(transaction, { draft: draftOf(row), change: 'deleted' });
    });
  }

  private async changing(person: Person, change: (held: Held) => Promise<void>): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const scope = await Scope.of(transaction, person);
      const rows = await holdCatalogue(transaction);
      await change({ transaction, scope, rows, at: new Date(this.clock.now()) });
    });
  }
}

function one({ rows, scope }: Held, code: string, basedOn?: number): EntryRow {
  const row = rows.get(code);
  if (!row || !scope.maySee(row)) throw new ProblemError('not-found', refusals.noEntry);
  if (basedOn !== undefined && basedOn !== row.version)
    throw new ProblemError('conflict', refusals.overtaken(row.version, basedOn));
  return row;
}

/** @throws ProblemError `invalid-request` naming what is wrong by code */
async function put({ transaction, scope, rows, at }: Held, writes: EntryWrite[]): Promise<void> {
  const all = new Map([...rows].map(([code, row]) => [code, entryOf(row)]));
  for (const { draft, state } of writes) all.set(draft.code, { ...draft, state });
  const codes = writes.map(({ draft }) => draft.code);
  const issues = checkEntries(codes, all, await worldOf(transaction));
  if (issues.length) throw invalid(issues.map(({ field, issue }) => ({ path: field, message: issue })));
  await writeEntries(transaction, writes, { actor: { kind: 'person', id: scope.person.id }, at });
}

const invalid = (errors: { path: string; message: string }[]): ProblemError =>
  new ProblemError('invalid-request', refusals.notGood, errors.slice(0, 20));
const notTheirs = (): ProblemError => new ProblemError('forbidden', refusals.notTheirs);
