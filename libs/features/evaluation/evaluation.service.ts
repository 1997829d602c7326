import { Inject, Injectable } from '@nestjs/common';
import {
  type Evaluation,
  type EvaluationFigureCode,
  evaluationFigureCodes,
  type EvaluationQuery,
  type EvaluationRow,
  type Person,
} from '@sc/contracts';
import { Directory, placeName } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { type CaseSums, sumCases } from './case-facts.js';
import { evaluationDefinitions } from './definitions.js';
import { figuresOf, noFigures } from './figures.js';
import { RowNames, seesOthers } from './row-names.js';

/** Nobody reads more, and an answer stays below some hundred kilobytes. */
const mostRows = 500;

/** The figures of cases side by side, read from orders and their steps at the moment of asking. */
@Injectable()
export class EvaluationService {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'TIME_ZONE'>,
    private readonly directory: Directory,
    private readonly names: RowNames,
  ) {}

  /** @throws ProblemError `not-found`: an area out of sight */
  async evaluate(person: Person, query: EvaluationQuery): Promise<Evaluation> {
    const areaId = query.areaId ?? person.areaId;
    if (!(await this.directory.isInScope(person.areaId, areaId)))
      throw new ProblemError('not-found', commonRefusals.noArea, [{ path: 'areaId', message: commonRefusals.noArea }]);
    const at = new Date(this.clock.now());
    const own = !seesOthers(person);
    const sumsOf = (from: string, to: string) =>
      sumCases(this.db, {
        by: query.by,
        from: new Date(from),
        to: new Date(to),
        at,
        areaId,
        category: query.category,
        personId: own ? person.id : undefined,
        timeZone: this.settings.TIME_ZONE,
      });
    const sums = await sumsOf(query.from, query.to);
    const { compareFrom = null, compareTo = null } = query;
    const compared = compareFrom && compareTo ? await sumsOf(compareFrom, compareTo) : null;
    const rows = await this.rows(person, query.by, sums, compared);
    return {
      by: query.by,
      areaId,
      areaName: await this.nameOf(areaId),
      from: query.from,
      to: query.to,
      compareFrom,
      compareTo,
      at: at.toISOString(),
      own,
      definitions: (Object.keys(evaluationDefinitions) as EvaluationFigureCode[])
        .toSorted((a, b) => evaluationFigureCodes.indexOf(a) - evaluationFigureCodes.indexOf(b))
        .map((code) => ({ code, ...evaluationDefinitions[code] })),
      total: totalOf(sums, compared),
      rows: rows.slice(0, mostRows),
      left: Math.max(0, rows.length - mostRows),
    };
  }

  private async rows(
    person: Person,
    by: EvaluationQuery['by'],
    sums: readonly CaseSums[],
    compared: readonly CaseSums[] | null,
  ): Promise<EvaluationRow[]> {
    const first = byKey(sums);
    const second = byKey(compared ?? []);
    const keys = [...new Set([...first.keys(), ...second.keys()])];
    const names = await this.names.of(
      by,
      keys.filter((key) => key !== null),
      person,
    );
    const told = keys.filter((key) => key === null || names.has(key));
    const rows = told.map((key) => ({
      key,
      name: key === null ? null : (names.get(key) ?? null),
      values: valuesOf(first.get(key)),
      compared: compared && valuesOf(second.get(key)),
    }));
    const size = ({ values }: EvaluationRow) => values.count?.value ?? 0;
    const order = (a: EvaluationRow, b: EvaluationRow) => ((a.key ?? '￿') < (b.key ?? '￿') ? -1 : 1);
    return rows.toSorted((a, b) => (by === 'month' ? 0 : size(b) - size(a)) || order(a, b));
  }

  private async nameOf(areaId: string) {
    const row = await this.db
      .selectFrom('areas')
      .select(placeName.as('name'))
      .where('areas.id', '=', areaId)
      .executeTakeFirstOrThrow();
    return row.name;
  }
}

const byKey = (sums: readonly CaseSums[]) => new Map(sums.filter((one) => !one.isTotal).map((one) => [one.key, one]));
const valuesOf = (sums: CaseSums | undefined) => (sums ? figuresOf(sums) : noFigures);

function totalOf(sums: readonly CaseSums[], compared: readonly CaseSums[] | null): EvaluationRow {
  const total = (of: readonly CaseSums[]) => valuesOf(of.find(({ isTotal }) => isTotal));
  return { key: null, name: null, values: total(sums), compared: compared && total(compared) };
}
