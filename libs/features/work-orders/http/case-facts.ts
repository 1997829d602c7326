import type { AnsweredItem, Assist, Text, Urge, WorkOrderDetail } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import { isInOrder } from '../checklist.js';
import type { WorkOrderRow } from '../order-ledger.js';

type CaseFacts = Pick<WorkOrderDetail, 'finder' | 'checklist' | 'extension' | 'urges' | 'assists'>;
type Order = Pick<WorkOrderRow, 'id' | 'finderId' | 'checklist' | 'extension'>;

/** What the side flows of an order left: who found it, its checklist, extension, urges and who helps. */
export async function caseFactsOf(db: Kysely<Database>, order: Order): Promise<CaseFacts> {
  const answers = await db.selectFrom('workOrderAnswers').selectAll().where('workOrderId', '=', order.id).execute();
  const urges = await db
    .selectFrom('workOrderUrges')
    .selectAll()
    .where('workOrderId', '=', order.id)
    .orderBy('urgedAt')
    .orderBy('id')
    .execute();
  const assists = await db
    .selectFrom('workOrderAssists')
    .selectAll()
    .where('workOrderId', '=', order.id)
    .orderBy('invitedAt')
    .orderBy('id')
    .execute();
  const ids = [
    order.finderId,
    order.extension?.askedBy,
    ...answers.map(({ answeredBy }) => answeredBy),
    ...urges.flatMap(({ urgedBy, answeredBy }) => [urgedBy, answeredBy]),
    ...assists.flatMap(({ personId, invitedBy, endedBy }) => [personId, invitedBy, endedBy]),
  ];
  const names = await namesOf(db, ids);
  const teams = await teamsOf(
    db,
    assists.flatMap(({ teamId }) => teamId ?? []),
  );
  const who = (id: string | null | undefined) => (id ? { id, name: names.get(id) ?? '' } : null);
  const { extension } = order;
  return {
    finder: who(order.finderId),
    extension: extension && {
      limit: extension.limit,
      askedBy: who(extension.askedBy)!,
      askedAt: extension.askedAt,
      reason: extension.reason,
    },
    checklist: order.checklist.map((item): AnsweredItem => {
      const answer = answers.find(({ key }) => key === item.key);
      return {
        item,
        value: answer?.value ?? null,
        inOrder: answer ? isInOrder(item, answer.value) : null,
        answeredBy: who(answer?.answeredBy),
        answeredAt: answer?.answeredAt.toISOString() ?? null,
      };
    }),
    urges: urges.map((urge): Urge => ({
      id: urge.id,
      urgedBy: who(urge.urgedBy)!,
      urgedAt: urge.urgedAt.toISOString(),
      answerBy: urge.answerBy.toISOString(),
      note: urge.note,
      answeredBy: who(urge.answeredBy),
      answeredAt: urge.answeredAt?.toISOString() ?? null,
      answer: urge.answer,
      overdueAt: urge.overdueAt?.toISOString() ?? null,
    })),
    assists: assists.map((assist): Assist => ({
      id: assist.id,
      team: assist.teamId ? { id: assist.teamId, name: teams.get(assist.teamId) ?? { 'zh-CN': '', en: '' } } : null,
      person: who(assist.personId),
      invitedBy: who(assist.invitedBy)!,
      invitedAt: assist.invitedAt.toISOString(),
      note: assist.note,
      state: assist.state,
      endedBy: who(assist.endedBy),
      endedAt: assist.endedAt?.toISOString() ?? null,
      endNote: assist.endNote,
    })),
  };
}

async function namesOf(
  db: Kysely<Database>,
  ids: readonly (string | null | undefined)[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => typeof id === 'string'))];
  if (!wanted.length) return new Map();
  const rows = await db.selectFrom('people').select(['id', 'name']).where('id', 'in', wanted).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function teamsOf(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, Text>> {
  if (!ids.length) return new Map();
  const rows = await db.selectFrom('teams').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
