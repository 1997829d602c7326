import type { Text } from '@sc/contracts';
import type { Inbox, InboxEntry } from '@sc/platform/channels';
import type { Clock, Ids } from '@sc/platform/clock';
import { json, type Transaction } from '@sc/platform/database';
import { sql } from 'kysely';

/** Of the row in `channels`, made with the tables: a site has one app. */
export const inAppChannelId = '01990000-0000-7000-8000-000000000000';

/** The messages in the app, in this transaction: with the row goes the event that shows it to who has the app open. */
export const inboxIn = ({ db, emit }: Transaction, clock: Clock, ids: Ids): Inbox => ({
  async put(entries) {
    const rows = entries.map((entry) => rowOf(entry, ids.next()));
    const { rows: told } = await sql<{ id: string; personId: string; workOrderId: string | null }>`
      insert into notifications (id, person_id, kind, work_order_id, round_id, event_id, severity, message, quiet, created_at)
      select x.id, p.id, x.kind, x.work_order_id, x.round_id, x.event_id, x.severity, x.message, x.quiet, ${new Date(clock.now())}
      from jsonb_to_recordset(${json(rows)}::jsonb) as x (id uuid, person_id uuid, kind text, work_order_id uuid, round_id uuid,
        event_id uuid, severity text, message jsonb, quiet boolean)
        join people p on p.id = x.person_id and p.active
      on conflict (person_id, event_id) do nothing
      returning id, person_id, work_order_id`.execute(db);
    for (const { id, personId, workOrderId } of told)
      emit({
        type: 'notification.created.v1',
        payload: { notificationId: id, personId, workOrderId },
        areaId: null,
        subjectId: id,
        personId,
      });
    if (told.length === entries.length) return new Set();
    const asked = new Set(entries.map(({ personId }) => personId));
    const { rows: known } = await sql<{ id: string }>`
      select id from people where id = any(${[...asked]}::uuid[]) and active`.execute(db);
    for (const { id } of known) asked.delete(id);
    return asked;
  },
});

const rowOf = ({ personId, message }: InboxEntry, id: string) => ({
  id,
  person_id: personId,
  kind: message.kind,
  work_order_id: message.about?.workOrderId ?? null,
  round_id: message.about?.roundId ?? null,
  event_id: message.key,
  severity: message.severity,
  message: { title: storable(message.title), body: storable(message.body) },
  quiet: message.quiet ?? false,
});

/** Half a sign, of a text that was cut, or a NUL would have PostgreSQL refuse the message, and with it what it is about. */
const storable = (text: Text): Text => ({ 'zh-CN': clean(text['zh-CN']), en: clean(text.en) });
const clean = (text: string): string => text.toWellFormed().replaceAll('\0', '');
