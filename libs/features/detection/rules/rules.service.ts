import { Inject, Injectable } from '@nestjs/common';
import type { CreateRule, Person, RestoreRule, Rule, SwitchRule, UpdateRule } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { checkRule, mostRules } from '../checks/check-rule.js';
import { refusals } from '../refusals.js';
import { readRule } from '../rule-store.js';
import { defaultRules, nextVersion } from './default-rules.js';
import { assertMayChange } from './rule-permission.js';
import { addRule, replaceRule, type RuleChange, tellChange } from './rule-writing.js';
import { worldOf } from './rule-world.js';

/** Changes of rules by people: checked, versioned, audited with what was before and after, told to the detector. */
@Injectable()
export class RulesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `invalid-rule`, `already-exists`, `forbidden` */
  async create(person: Person, { rule: draft, copyOf, note }: CreateRule): Promise<string> {
    return this.unitOfWork.run(async (transaction) => {
      const after = await checked(transaction, { ...draft, version: 1 });
      await assertMayChange(transaction, person, { after });
      const { count } = await transaction.db
        .selectFrom('rules')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      if (Number(count) >= mostRules)
        throw invalid([{ path: '', code: 'too-many-rules', params: { most: mostRules } }]);
      const rule = { ...after, version: await nextVersion(transaction, after.id) };
      const told = this.told(person, 'added', note, { after: rule, ...(copyOf ? { copyOf } : {}) });
      if (!(await addRule(transaction, rule, { changed: true }, told)))
        throw new ProblemError('already-exists', refusals.idTaken, [{ path: 'id', message: commonRefusals.isTaken }]);
      return rule.id;
    });
  }

  /** @throws ProblemError `not-found`, `conflict` (another version is in force), `invalid-rule`, `forbidden`, `note-required` */
  async update(person: Person, id: string, { rule: draft, basedOn, note }: UpdateRule): Promise<void> {
    await this.changing(id, basedOn, async (transaction, row, before) => {
      const after = await checked(transaction, { ...draft, version: row.version + 1 });
      if (after.id !== id) throw invalid([{ path: 'id', code: 'id-fixed', params: { id } }]);
      if (after.domain !== row.domain)
        throw invalid([{ path: 'domain', code: 'domain-fixed', params: { domain: row.domain } }]);
      await this.put(transaction, person, { before, after, change: 'edited', note, origin: { changed: true } });
    });
  }

  /** On or off; on also starts a stopped rule again. @throws ProblemError `not-found`, `forbidden`, `note-required`, `invalid-rule` */
  async switch(person: Person, id: string, { enabled, note }: SwitchRule): Promise<void> {
    await this.changing(id, undefined, async (transaction, row, before) => {
      const whole = wholeOf(row, before);
      if (enabled === whole.enabled) {
        if (enabled && row.trouble) await this.startAgain(transaction, person, row, whole, note);
        return;
      }
      // What is switched off need not be right: a rule that the schema refuses by now must be able to go.
      const after = { ...whole, enabled, version: row.version + 1 };
      if (enabled) await checked(transaction, after);
      const change = enabled ? 'switched-on' : 'switched-off';
      await this.put(transaction, person, { before: whole, after, change, note, origin: { changed: true } });
    });
  }

  /** @throws ProblemError `not-found` (rule, version), `conflict`, `invalid-rule` (things have changed since), `forbidden` */
  async restore(person: Person, id: string, { version, basedOn, note }: RestoreRule): Promise<void> {
    await this.changing(id, basedOn, async (transaction, row, before) => {
      const earlier = version === 'default' ? defaultRules.get(id) : await versionOf(transaction, id, version);
      if (!earlier) throw new ProblemError('not-found', refusals.noVersion);
      const candidate = { ...earlier, id, domain: row.domain, enabled: row.enabled, version: row.version + 1 };
      const after = await checked(transaction, candidate);
      const isDefault = version === 'default' && after.enabled === earlier.enabled;
      const origin = isDefault ? { changed: false, defaultVersion: earlier.version } : originAfter(version, earlier);
      await this.put(transaction, person, { before, after, change: 'restored', note, origin, facts: { version } });
    });
  }

  /** Only of a rule of their own that no alarm refers to. @throws ProblemError `not-found`, `action-not-allowed`, `forbidden` */
  async remove(person: Person, id: string): Promise<void> {
    await this.changing(id, undefined, async (transaction, row, before) => {
      await assertMayChange(transaction, person, { before, note: 'deleted' });
      if (defaultRules.has(id)) throw new ProblemError('action-not-allowed', refusals.ofProgram);
      const alarm = await transaction.db
        .selectFrom('alarms')
        .select('id')
        .where('ruleId', '=', id)
        .limit(1)
        .executeTakeFirst();
      if (alarm) throw new ProblemError('action-not-allowed', refusals.hasAlarms);
      await transaction.db.deleteFrom('rules').where('id', '=', id).execute();
      tellChange(transaction, id, null, this.told(person, 'deleted', undefined, { before: before ?? row.definition }));
    });
  }

  private async changing(
    id: string,
    basedOn: number | undefined,
    change: (transaction: Transaction, row: Row<'rules'>, before: Rule | undefined) => Promise<void>,
  ): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const row = await transaction.db
        .selectFrom('rules')
        .selectAll()
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!row) throw new ProblemError('not-found', commonRefusals.noRule);
      if (basedOn !== undefined && basedOn !== row.version)
        throw new ProblemError('conflict', refusals.overtaken(row.version, basedOn));
      const before = readRule(row);
      await change(transaction, row, before.success ? before.data : undefined);
    });
  }

  private async put(
    transaction: Transaction,
    person: Person,
    { before, after, change, note, origin, facts = {} }: Put,
  ): Promise<void> {
    await assertMayChange(transaction, person, { before, after, note });
    if (before && isSame(before, after) && origin.changed) return;
    const told = this.told(person, change, note, { ...facts, before: before ?? null, after });
    await replaceRule(transaction, after, origin, told);
  }

  private async startAgain(
    transaction: Transaction,
    person: Person,
    row: Row<'rules'>,
    rule: Rule,
    note: string | undefined,
  ): Promise<void> {
    await assertMayChange(transaction, person, { before: rule, after: rule });
    await transaction.db.updateTable('rules').set({ trouble: null }).where('id', '=', row.id).execute();
    tellChange(transaction, row.id, row.version, this.told(person, 'started', note, { trouble: row.trouble }));
  }

  private told(person: Person, change: RuleChange['change'], note: string | undefined, facts: object): RuleChange {
    const actor = { kind: 'person', id: person.id } as const;
    return { actor, at: new Date(this.clock.now()), change, note: note || undefined, facts: { ...facts } };
  }
}

interface Put {
  before: Rule | undefined;
  after: Rule;
  change: RuleChange['change'];
  note: string | undefined;
  origin: { changed: boolean; defaultVersion?: number };
  facts?: Record<string, unknown>;
}

const invalid = (issues: ConstructorParameters<typeof ProblemError>[4]): ProblemError =>
  new ProblemError('invalid-rule', refusals.notGood, undefined, undefined, issues);

async function checked(transaction: Transaction, candidate: Record<string, unknown>): Promise<Rule> {
  const result = checkRule(candidate, await worldOf(transaction, candidate));
  if ('rule' in result) return result.rule;
  throw invalid(result.issues);
}

/** A stored rule that does not fit the schema any more is still one that can be looked at and switched off. */
const wholeOf = ({ id, version, domain, enabled, definition }: Row<'rules'>, rule: Rule | undefined): Rule =>
  rule ?? { ...definition, id, version, domain, enabled };

/** Taking the default while the rule is switched the other way leaves that as the one change of a person. */
const originAfter = (version: RestoreRule['version'], earlier: Rule) =>
  version === 'default' ? { changed: true, defaultVersion: earlier.version } : { changed: true };

async function versionOf({ db }: Transaction, ruleId: string, version: number): Promise<Rule | undefined> {
  const row = await db
    .selectFrom('ruleVersions')
    .select('definition')
    .where('ruleId', '=', ruleId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.definition;
}

const isSame = (a: Rule, b: Rule): boolean => sorted({ ...a, version: 0 }) === sorted({ ...b, version: 0 });

/** JSON with the keys in one order: PostgreSQL keeps none. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
