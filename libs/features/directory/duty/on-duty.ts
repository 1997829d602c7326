import { type RawBuilder, sql } from 'kysely';

/**
 * Who is on duty where at a moment, as a table `(person_id, area_id)` for `from`: shifts, without whoever is on leave or stood in
 * for, and with who stands in for somebody who is planned. `dutySpans` says the same over time.
 */
export const onDuty = (at: Date): RawBuilder<{ personId: string; areaId: string }> => sql`(
  select shift.person_id, shift.area_id from shifts shift
  where shift.starts_at <= ${at} and shift.ends_at > ${at}
    and not exists (select from leave where leave.person_id = shift.person_id and leave.starts_at <= ${at} and leave.ends_at > ${at})
    and not exists (
      select from shift_overrides o
      where o.person_id = shift.person_id and o.area_id = shift.area_id and o.starts_at <= ${at} and o.ends_at > ${at})
  union
  select o.substitute_id, o.area_id from shift_overrides o
  join shifts shift on shift.person_id = o.person_id and shift.area_id = o.area_id
    and shift.starts_at <= ${at} and shift.ends_at > ${at}
  where o.starts_at <= ${at} and o.ends_at > ${at}
    and not exists (select from leave where leave.person_id = o.substitute_id and leave.starts_at <= ${at} and leave.ends_at > ${at})
)`;
