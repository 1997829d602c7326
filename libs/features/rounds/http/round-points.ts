import type { RoundCheckPoint, RoundDetail, RoundItem } from '@sc/contracts';
import { placeName } from '@sc/features/directory';
import { orderNumber } from '@sc/features/work-orders';
import type { Database, Row } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { markOfCode } from '../codes.js';
import { isScanned, latestAnswers } from '../progress.js';

type Db = Kysely<Database>;

/** The check points of a round with what was found, and the cases that came of it. */
export async function checkPointsOf(db: Db, round: Row<'rounds'>): Promise<RoundCheckPoint[]> {
  const [answers, scans, codes, places, devices] = await Promise.all([
    answersOf(db, round.id),
    scansOf(db, round.id),
    db.selectFrom('checkPoints').select(['id', 'codeHash']).where('planId', '=', round.planId).execute(),
    placesOf(db, [round.areaId, ...round.points.flatMap(({ areaId }) => areaId ?? [])]),
    devicesOf(
      db,
      round.points.flatMap(({ deviceId }) => deviceId ?? []),
    ),
  ]);
  const latest = latestAnswers(answers);
  return round.points.map(({ checklist, categories: _, ...point }) => ({
    ...point,
    areaName: places.get(point.areaId ?? round.areaId)!,
    deviceName: devices.get(point.deviceId ?? '') ?? null,
    codeMark: markOfCode(codes.find(({ id }) => id === point.id)?.codeHash ?? null),
    scans: scans
      .filter(({ checkPointId }) => checkPointId === point.id)
      .map(({ at, byName }) => ({ at: at.toISOString(), byName })),
    items: checklist.map((item): RoundItem => {
      const answer = latest.get(`${point.id}/${item.key}`);
      const own = answers.filter((one) => one.checkPointId === point.id && one.itemKey === item.key);
      const found = own.find(({ workOrderId }) => workOrderId !== null);
      return {
        item,
        answer: answer ? toAnswer(answer, isScanned(answer, scans)) : null,
        workOrder:
          found?.workOrderId && found.sequence !== null
            ? { id: found.workOrderId, number: orderNumber(found.sequence) }
            : null,
      };
    }),
  }));
}

export async function stepsOf(db: Db, roundId: string): Promise<RoundDetail['steps']> {
  const rows = await db
    .selectFrom('roundSteps as s')
    .leftJoin('people as actor', 'actor.id', 's.actorId')
    .leftJoin('people as target', 'target.id', 's.toId')
    .select(['s.action', 's.at', 's.note', 'actor.name as byName', 'target.name as toName'])
    .where('s.roundId', '=', roundId)
    .orderBy('s.id')
    .limit(200)
    .execute();
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

const answersOf = (db: Db, roundId: string) =>
  db
    .selectFrom('roundAnswers as a')
    .innerJoin('people', 'people.id', 'a.personId')
    .leftJoin('workOrders as o', 'o.id', 'a.workOrderId')
    .selectAll('a')
    .select(['people.name as byName', 'o.sequence'])
    .where('a.roundId', '=', roundId)
    .orderBy('a.at')
    .execute();
type AnswerRow = Awaited<ReturnType<typeof answersOf>>[number];

const scansOf = (db: Db, roundId: string) =>
  db
    .selectFrom('roundScans as s')
    .innerJoin('people', 'people.id', 's.personId')
    .select(['s.checkPointId', 's.at', 's.personId', 'people.name as byName'])
    .where('s.roundId', '=', roundId)
    .orderBy('s.at')
    .execute();

async function placesOf(db: Db, ids: readonly string[]) {
  const rows = await db
    .selectFrom('areas')
    .select(['id', placeName.as('name')])
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function devicesOf(db: Db, ids: readonly string[]) {
  const rows = await db
    .selectFrom('devices')
    .select(['id', 'name'])
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const toAnswer = (row: AnswerRow, scanned: boolean): RoundItem['answer'] => ({
  value: row.value,
  skipped: row.skipped,
  failed: row.failed,
  note: row.note,
  at: row.at.toISOString(),
  receivedAt: row.receivedAt.toISOString(),
  byName: row.byName,
  scanned,
});
