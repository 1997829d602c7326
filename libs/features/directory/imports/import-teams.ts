import { Inject, Injectable } from '@nestjs/common';
import { type CreateTeam, type ImportResult, importColumns, mostMembers, type Person, type Team } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { ImportPlan, readTable, type TableRow } from '@sc/platform/csv';
import { json, type Transaction, UnitOfWork } from '@sc/platform/database';
import { setMembers, tellTeam } from '../teams.service.js';
import { changesOf, wordOf, wordsOf } from './cells.js';
import { type KnownPeople, knownPeople } from './known-people.js';
import { readTeams } from './read-teams.js';

type KnownTeam = Omit<Team, 'members'> & { members: { id: string; login: string }[] };
interface Planned {
  added: CreateTeam[];
  changed: { id: string; after: CreateTeam }[];
}
interface World {
  areas: ReadonlyMap<string, readonly string[]>;
  teams: readonly KnownTeam[];
  people: KnownPeople;
}
type Kind = 'own' | 'contractor';

const kinds = ['own', 'contractor'] as const;
const kindWords: Record<string, Kind> = { 自有: 'own', 自有人员: 'own', 外包: 'contractor', 外包单位: 'contractor' };

/** Teams with their members from a table: all lines or none. A line is the team of that name in that area, or a new one. */
@Injectable()
export class ImportTeams {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws ProblemError `invalid-request` when it is to be applied and a cell cannot be used */
  async run(person: Person, bytes: Uint8Array, preview: boolean): Promise<ImportResult> {
    const table = readTable(bytes, importColumns.teams);
    return this.unitOfWork.run(async (transaction) => {
      const plan = new ImportPlan(table);
      const logins = table.rows.flatMap(({ cells }) => [...wordsOf(cells['members'] ?? ''), cells['lead'] ?? '']);
      const people = await knownPeople(transaction, [...new Set(logins)], person, !preview);
      const planned = planTeams(plan, table.rows, { ...(await readTeams(transaction)), people }, person);
      if (preview) return plan.result(false);
      plan.assertUsable();
      await this.write(transaction, person, planned);
      return plan.result(true);
    });
  }

  private async write(transaction: Transaction, person: Person, { added, changed }: Planned): Promise<void> {
    const { db } = transaction;
    const createdAt = new Date(this.clock.now());
    for (const { memberIds, ...facts } of added) {
      const id = this.ids.next();
      await db
        .insertInto('teams')
        .values({ id, ...facts, name: json(facts.name), createdAt })
        .execute();
      await setMembers(transaction, person, id, memberIds);
      tellTeam(transaction, person, 'team.added', id, { ...facts, memberIds });
    }
    for (const { id, after } of changed) {
      const { memberIds, name, contractor, leadId } = after;
      await db
        .updateTable('teams')
        .set({ name: json(name), contractor, leadId })
        .where('id', '=', id)
        .execute();
      await setMembers(transaction, person, id, memberIds);
      tellTeam(transaction, person, 'team.updated', id, { name, contractor, leadId, memberIds });
    }
  }
}

function planTeams(plan: ImportPlan, rows: readonly TableRow[], world: World, person: Person): Planned {
  const planned: Planned = { added: [], changed: [] };
  for (const row of rows) {
    const zh = plan.optional(row, 'name_zh', 500) ?? undefined;
    const en = plan.optional(row, 'name_en', 500) ?? undefined;
    const name = zh ?? en;
    if (!name) plan.error(row, 'name_zh', 'required');
    const areaId = plan.required(row, 'area', 64);
    const path = world.areas.get(areaId ?? '');
    if (areaId && !path) plan.error(row, 'area', 'unknown-area', areaId);
    else if (path && !path.includes(person.areaId)) plan.error(row, 'area', 'outside-area', areaId);
    else if (name && areaId && plan.isFirst(row, zh ? 'name_zh' : 'name_en', `${areaId} ${name}`)) {
      const there = world.teams.filter((t) => t.areaId === areaId && (zh ? t.name['zh-CN'] : t.name.en) === name);
      const [before] = there;
      if (there.length > 1) plan.error(row, 'name_zh', 'ambiguous-team', name);
      else if (before && !before.active) plan.error(row, 'name_zh', 'team-inactive', name);
      else planTeam(plan, row, { zh, en, areaId, before }, world, planned);
    }
  }
  return planned;
}

interface TeamLine {
  zh: string | undefined;
  en: string | undefined;
  areaId: string;
  before: KnownTeam | undefined;
}

function planTeam(plan: ImportPlan, row: TableRow, line: TeamLine, { people }: World, planned: Planned): void {
  const { zh, en, areaId, before } = line;
  const cell = plan.optional(row, 'kind', 64);
  const kind = cell ? wordOf(cell, kinds, kindWords) : before?.contractor ? 'contractor' : 'own';
  if (!kind) plan.error(row, 'kind', 'bad-team-kind', cell ?? '');
  const members = readMembers(plan, row, before, people);
  const lead = plan.optional(row, 'lead', 64);
  const leadId = lead ? people.get(lead)?.id : lead === null ? null : (before?.leadId ?? null);
  if (leadId === undefined) plan.error(row, 'lead', 'unknown-login', lead ?? '');
  if (!kind || !members || leadId === undefined) return;
  if (leadId !== null && !members.some(({ id }) => id === leadId))
    return plan.error(row, lead ? 'lead' : 'members', 'lead-no-member', lead ?? '');
  const name = { 'zh-CN': zh ?? before?.name['zh-CN'] ?? en!, en: en ?? before?.name.en ?? zh! };
  const memberIds = members.map(({ id }) => id).sort();
  const after = { name, areaId, contractor: kind === 'contractor', leadId, memberIds };
  const changes = before && changesOf(cellsOf({ ...before }), cellsOf({ ...after, members }));
  plan.add(row.line, `${areaId} · ${zh ?? en!}`, name['zh-CN'], changes ?? 'added');
  if (!before) planned.added.push(after);
  else if (changes?.length) planned.changed.push({ id: before.id, after });
}

/** Who was a member may stay one, also somebody whom the actor does not lead. */
function readMembers(
  plan: ImportPlan,
  row: TableRow,
  before: KnownTeam | undefined,
  people: KnownPeople,
): KnownTeam['members'] | undefined {
  const text = plan.optional(row, 'members', 40_000);
  if (text === undefined) return before?.members ?? [];
  const errors = plan.errorCount;
  const known = new Set(before?.members.map(({ login }) => login));
  const members = wordsOf(text).flatMap((login) => {
    const who = people.get(login);
    if (!who) plan.error(row, 'members', 'unknown-login', login);
    else if (!who.inScope && !known.has(login)) plan.error(row, 'members', 'outside-area', login);
    return who ?? [];
  });
  if (members.length > mostMembers) plan.error(row, 'members', 'too-many-members', String(members.length));
  return plan.errorCount > errors ? undefined : members;
}

function cellsOf({ name, contractor, leadId, members }: Omit<KnownTeam, 'id' | 'active' | 'areaId'>) {
  return {
    name_zh: name['zh-CN'],
    name_en: name.en,
    kind: contractor ? 'contractor' : 'own',
    lead: members.find(({ id }) => id === leadId)?.login ?? '',
    members: members
      .map(({ login }) => login)
      .sort()
      .join(' '),
  };
}
