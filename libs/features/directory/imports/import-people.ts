import { Injectable } from '@nestjs/common';
import {
  type CreatePerson,
  type ImportResult,
  importColumns,
  type Locale,
  locales,
  mostSkills,
  newLoginSchema,
  type Person,
  type Role,
  roles,
  type Staff,
} from '@sc/contracts';
import { PeopleService } from '@sc/features/identity';
import { ImportPlan, readTable, type TableRow, writeCsv } from '@sc/platform/csv';
import { type Transaction, UnitOfWork } from '@sc/platform/database';
import { sql } from 'kysely';
import { mayManage } from '../staff.service.js';
import { setSkills } from '../skills.service.js';
import { changesOf, wordOf, wordsOf } from './cells.js';

interface Fields extends CreatePerson {
  /** Left out: as they are. */
  skills?: string[] | undefined;
}
type Known = Staff & { inScope: boolean; skills: string[] };
interface Planned {
  added: Fields[];
  changed: { before: Known; after: Fields }[];
}

const roleWords: Record<string, Role> = {
  管理员: 'admin',
  值班员: 'operator',
  网格员: 'officer',
  负责人: 'manager',
  administrator: 'admin',
  'grid officer': 'officer',
};
const localeWords: Record<string, Locale> = { 中文: 'zh-CN', zh: 'zh-CN', English: 'en', 英文: 'en' };

/** Staff from a table: all lines or none. Who is added gets a first password, answered once. */
@Injectable()
export class ImportPeople {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: PeopleService,
  ) {}

  /** @throws ProblemError `invalid-request` when it is to be applied and a cell cannot be used */
  async run(person: Person, bytes: Uint8Array, preview: boolean): Promise<ImportResult> {
    const table = readTable(bytes, importColumns.people);
    return this.unitOfWork.run(async (transaction) => {
      const plan = new ImportPlan(table);
      const planned = await this.plan(transaction, plan, table.rows, person);
      if (preview) return plan.result(false);
      plan.assertUsable();
      const passwords = await this.write(transaction, person, planned);
      const csv = writeCsv(['login', 'name', 'password'], passwords);
      return plan.result(true, passwords.length ? { fileName: 'first-passwords.csv', csv } : null);
    });
  }

  private async plan({ db }: Transaction, plan: ImportPlan, rows: TableRow[], person: Person): Promise<Planned> {
    const areas = await db.selectFrom('areas').select(['id', 'path']).execute();
    const paths = new Map(areas.map(({ id, path }) => [id, path]));
    const inScope = (areaId: string) => paths.get(areaId)?.includes(person.areaId) ?? false;
    const there = await db
      .selectFrom('people')
      .select(['id', 'login', 'name', 'role', 'areaId', 'locale', 'active'])
      .select(
        sql<string[]>`array(select skill from person_skills where person_id = people.id order by skill)`.as('skills'),
      )
      .execute();
    const skills = new Set((await db.selectFrom('skills').select('slug').execute()).map(({ slug }) => slug));
    const known = new Map(there.map((row): [string, Known] => [row.login, { ...row, inScope: inScope(row.areaId) }]));
    const planned: Planned = { added: [], changed: [] };
    for (const row of rows) {
      const login = plan.required(row, 'login', 64);
      if (login === undefined || !plan.isFirst(row, 'login', login)) continue;
      const before = known.get(login);
      const fields = readFields(plan, row, login, before, person);
      const listed = readSkills(plan, row, skills);
      if (!fields || listed === 'refused') continue;
      fields.skills = listed;
      if (!paths.has(fields.areaId)) plan.error(row, 'area', 'unknown-area', fields.areaId);
      else if (!inScope(fields.areaId)) plan.error(row, 'area', 'outside-area', fields.areaId);
      else if (!before) {
        planned.added.push(fields);
        plan.add(row.line, login, fields.name, 'added');
      } else if (mayChange(plan, row, before, fields, person)) {
        const changes = changesOf(cellsOf(before), cellsOf({ ...fields, skills: fields.skills ?? before.skills }));
        if (changes.length) planned.changed.push({ before, after: fields });
        plan.add(row.line, login, fields.name, changes);
      }
    }
    return planned;
  }

  private async write(transaction: Transaction, person: Person, { added, changed }: Planned): Promise<string[][]> {
    const actor = { kind: 'person', id: person.id } as const;
    const prepared = [];
    for (const { skills: _, ...fields } of added) prepared.push(await this.people.prepareWithFirstPassword(fields));
    if (prepared.length) await this.people.insert(transaction, prepared, actor);
    for (const [index, { skills = [] }] of added.entries())
      if (skills.length) await setSkills(transaction, person, prepared[index]!.person.id, skills);
    for (const { before, after } of changed) {
      const { login: _, name, skills, ...rest } = after;
      if (skills && skills.join(' ') !== before.skills.join(' '))
        await setSkills(transaction, person, before.id, skills);
      if (!changesOf(cellsOf(before), cellsOf({ ...after, skills: before.skills })).length) continue;
      await transaction.db
        .updateTable('people')
        .set({ name, ...rest })
        .where('id', '=', before.id)
        .execute();
      const change = { ...rest, ...(name === before.name ? {} : { name: true }) };
      transaction.audit({ actor, action: 'person.updated', subjectType: 'person', subjectId: before.id, change });
    }
    return prepared.map(({ person: { login, name }, password }) => [login, name, password]);
  }
}

function readFields(
  plan: ImportPlan,
  row: TableRow,
  login: string,
  before: Known | undefined,
  person: Person,
): Fields | undefined {
  if (!before && !newLoginSchema.safeParse(login).success) return void plan.error(row, 'login', 'bad-login', login);
  const name = plan.required(row, 'name', 120);
  const roleCell = plan.required(row, 'role', 64);
  const role = wordOf(roleCell, roles, roleWords);
  if (roleCell && !role) plan.error(row, 'role', 'bad-role', roleCell);
  else if (role && !mayManage(person, role)) plan.error(row, 'role', 'role-not-allowed', roleCell);
  const areaId = plan.required(row, 'area', 64);
  const localeCell = row.cells['locale'];
  const locale = localeCell ? wordOf(localeCell, locales, localeWords) : (before?.locale ?? person.locale);
  if (!locale) plan.error(row, 'locale', 'bad-locale', localeCell);
  return name && role && areaId && locale ? { login, name, role, areaId, locale } : undefined;
}

/** Slugs with blanks between them; without the column nothing changes. */
function readSkills(plan: ImportPlan, row: TableRow, known: ReadonlySet<string>): string[] | undefined | 'refused' {
  const text = plan.optional(row, 'skills', 4000);
  if (text === undefined) return undefined;
  const skills = wordsOf(text).sort();
  const unknown = skills.find((skill) => !known.has(skill));
  if (unknown !== undefined) plan.error(row, 'skills', 'unknown-skill', unknown);
  else if (skills.length > mostSkills) plan.error(row, 'skills', 'too-many-skills', String(skills.length));
  else return skills;
  return 'refused';
}

function mayChange(plan: ImportPlan, row: TableRow, before: Known, after: CreatePerson, person: Person): boolean {
  const { id, role, areaId, login } = before;
  if (!before.inScope) plan.error(row, 'login', 'outside-area', login);
  else if (!before.active) plan.error(row, 'login', 'person-inactive', login);
  else if (!mayManage(person, role)) plan.error(row, 'login', 'role-not-allowed', login);
  else if (id === person.id && (role !== after.role || areaId !== after.areaId))
    plan.error(row, role === after.role ? 'area' : 'role', 'own-role', login);
  else return true;
  return false;
}

const cellsOf = ({ name, role, areaId, locale, skills = [] }: Omit<Fields, 'login'>): Record<string, string> => ({
  name,
  role,
  area: areaId,
  locale,
  skills: skills.join(' '),
});
