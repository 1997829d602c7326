import { Injectable } from '@nestjs/common';
import {
  type CheckPointInput,
  type ChecklistItem,
  type Person,
  type RoundPlanIssue,
  roundLimits,
  type WriteRoundPlan,
} from '@sc/contracts';
import { areaScope, Directory } from '@sc/features/directory';
import { CaseIntake } from '@sc/features/work-orders';
import type { Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { checkRecurrence } from './recurrence/occurrences.js';

/** Where a plan is wrong; the message is a code that the console has words and a remedy for. */
export interface PlanProblem {
  path: string;
  message: RoundPlanIssue;
}
type Db = Transaction['db'];

/** What no schema can see: whether a plan ever fires, and whether what it names is there and within sight. */
@Injectable()
export class PlanCheck {
  constructor(
    private readonly directory: Directory,
    private readonly cases: CaseIntake,
  ) {}

  async problemsOf(db: Db, person: Person, plan: WriteRoundPlan, now: number): Promise<PlanProblem[]> {
    const { issue } = checkRecurrence(plan.recurrence, now);
    return [
      ...(issue ? [{ path: 'recurrence', message: issue }] : []),
      ...shapeProblems(plan.checkPoints),
      ...(await this.unknownPlaces(db, person, plan)),
      ...(await this.unknownDevices(db, person, plan)),
      ...(await this.unknownCategories(db, plan)),
      ...(await this.unknownAssignee(db, person, plan)),
    ];
  }

  private async unknownPlaces(db: Db, person: Person, plan: WriteRoundPlan): Promise<PlanProblem[]> {
    const named = [
      { path: 'areaId', areaId: plan.areaId },
      ...plan.checkPoints.map(({ areaId }, i) => ({ path: `checkPoints.${i}.areaId`, areaId })),
    ];
    const problems: PlanProblem[] = [];
    for (const { path, areaId } of named)
      if (areaId !== null && !(await this.directory.isInScope(person.areaId, areaId, db)))
        problems.push({ path, message: 'unknown-area' });
    return problems;
  }

  private async unknownDevices(db: Db, person: Person, { checkPoints }: WriteRoundPlan): Promise<PlanProblem[]> {
    const ids = checkPoints.flatMap(({ deviceId }) => deviceId ?? []);
    const rows = await db
      .selectFrom('devices')
      .innerJoin('areas', 'areas.id', 'devices.areaId')
      .select('devices.id')
      .where(sql<boolean>`devices.id = any(${ids}::text[])`)
      .where('devices.state', '=', 'registered')
      .where(areaScope(person.areaId))
      .execute();
    const known = new Set(rows.map(({ id }) => id));
    return checkPoints.flatMap(({ deviceId }, i): PlanProblem[] =>
      deviceId && !known.has(deviceId) ? [{ path: `checkPoints.${i}.deviceId`, message: 'unknown-device' }] : [],
    );
  }

  /** Of the place of each check point: a kind of work may be in use in one community and not in another. */
  private async unknownCategories(db: Db, { category, areaId, checkPoints }: WriteRoundPlan): Promise<PlanProblem[]> {
    const named = [
      { path: 'category', category, at: areaId },
      ...checkPoints.flatMap(({ categories, areaId: at }, i) =>
        Object.entries(categories).map(([key, one]) => ({
          path: `checkPoints.${i}.categories.${key}`,
          category: one,
          at: at ?? areaId,
        })),
      ),
    ];
    const problems: PlanProblem[] = [];
    for (const one of named)
      if (!(await this.cases.knows(db, one.category, one.at)))
        problems.push({ path: one.path, message: 'unknown-category' });
    return problems;
  }

  private async unknownAssignee(db: Db, person: Person, { assignee, areaId }: WriteRoundPlan): Promise<PlanProblem[]> {
    if (assignee.kind === 'team') {
      const team = await db
        .selectFrom('teams')
        .innerJoin('areas', 'areas.id', 'teams.areaId')
        .select('teams.id')
        .where('teams.id', '=', assignee.teamId)
        .where('teams.active', '=', true)
        .where(
          sql<boolean>`(${areaScope(person.areaId)} or ${person.areaId} = areas.id or areas.id = any(
          select unnest(path) from areas a where a.id = ${areaId}))`,
        )
        .executeTakeFirst();
      return team ? [] : [{ path: 'assignee.teamId', message: 'unknown-team' }];
    }
    if (assignee.kind === 'person') {
      const found = await db
        .selectFrom('people')
        .innerJoin('areas', 'areas.id', 'people.areaId')
        .select('people.id')
        .where('people.id', '=', assignee.personId)
        .where('people.active', '=', true)
        .where('people.role', '=', 'officer')
        .where(areaScope(person.areaId))
        .executeTakeFirst();
      return found ? [] : [{ path: 'assignee.personId', message: 'unknown-person' }];
    }
    return [];
  }
}

function shapeProblems(points: readonly CheckPointInput[]): PlanProblem[] {
  const items = points.reduce((sum, { checklist }) => sum + checklist.length, 0);
  const problems: PlanProblem[] = items > roundLimits.items ? [{ path: 'checkPoints', message: 'too-many-items' }] : [];
  for (const [i, { key, checklist, categories }] of points.entries()) {
    const path = `checkPoints.${i}`;
    if (points.findIndex((one) => one.key === key) < i)
      problems.push({ path: `${path}.key`, message: 'check-point-repeated' });
    if (!checklist.some(({ required }) => required))
      problems.push({ path: `${path}.checklist`, message: 'nothing-required' });
    for (const named of Object.keys(categories))
      if (!checklist.some((item) => item.key === named))
        problems.push({ path: `${path}.categories.${named}`, message: 'unknown-item' });
    for (const [j, item] of checklist.entries()) {
      const repeated = checklist.findIndex((one) => one.key === item.key) < j;
      if (repeated) problems.push({ path: `${path}.checklist.${j}.key`, message: 'item-repeated' });
      if (isRangeEmpty(item)) problems.push({ path: `${path}.checklist.${j}.max`, message: 'item-range-empty' });
    }
  }
  return problems;
}

const isRangeEmpty = (item: ChecklistItem): boolean =>
  item.kind === 'number' && item.min !== undefined && item.max !== undefined && item.min > item.max;
