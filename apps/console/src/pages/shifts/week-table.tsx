import { mayBeOnShift, type Shift } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleQuery, useAreas } from '../../api/queries.js';
import { Calm } from '../../components/query-state.js';
import { StateTag } from '../../components/tags.js';
import { dayOf } from '../../lib/site-day.js';
import { useNow, useSiteTime } from '../../lib/site-time.js';
import { ShiftChip } from './shift-chip.js';

interface Props {
  days: string[];
  today: string;
  shifts: Shift[];
  areaId: string | undefined;
  mayPlan: boolean;
}

const dayMs = 24 * 3_600_000;

/** Officers and days: also who has no shift is a row, for that is what a planner looks for. */
export function WeekTable({ days, today, shifts, areaId, mayPlan }: Props) {
  const { t, i18n } = useTranslation('site');
  const { timeZone } = useSiteTime();
  const now = useNow();
  const rows = useRows(shifts, areaId);
  const locale = i18n.language === 'en' ? 'en-GB' : i18n.language;
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const date = new Intl.DateTimeFormat(locale, { month: '2-digit', day: '2-digit', timeZone: 'UTC' });
  // On a phone the week is wider than the screen: it opens at today.
  const scroller = useRef<HTMLDivElement>(null);
  const [monday] = days;
  const hasRows = rows.length > 0;
  useEffect(() => {
    const [name, day] = ['th:first-child', 'th.week-today'].map((at) =>
      scroller.current?.querySelector<HTMLElement>(`thead ${at}`),
    );
    scroller.current?.scrollTo({ left: day && name ? day.offsetLeft - name.offsetWidth : 0 });
  }, [monday, hasRows]);
  const on = (day: string) => (shift: Shift) => {
    const [starts, ends] = [Date.parse(shift.startsAt), Date.parse(shift.endsAt)];
    // A night shift stands where it begins; one of several days on each of them.
    if (ends - starts <= dayMs) return dayOf(starts, timeZone) === day;
    return dayOf(starts, timeZone) <= day && day <= dayOf(ends - 1, timeZone);
  };
  if (rows.length === 0) return <Calm title={t('shifts.nobody')} text={t('shifts.nobodyText')} />;
  return (
    <>
      {shifts.length === 0 && <p className="muted">{t('shifts.empty')}</p>}
      <div ref={scroller} className="panel week-scroll" tabIndex={0} role="region" aria-label={t('shifts.title')}>
        <table className="week-table">
          <thead>
            <tr>
              <th scope="col">{t('people.name')}</th>
              {days.map((day) => (
                <th key={day} scope="col" className={day === today ? 'week-today' : undefined}>
                  {weekday.format(Date.parse(day))} {date.format(Date.parse(day))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, own }) => (
              <tr key={id}>
                <th scope="row">
                  <span className="week-person">{name}</span>
                  {own.some((s) => Date.parse(s.startsAt) <= now && now < Date.parse(s.endsAt)) && (
                    <StateTag tone="good">{t('shifts.now')}</StateTag>
                  )}
                </th>
                {days.map((day) => (
                  <td key={day} className={day === today ? 'week-today' : undefined}>
                    {own.filter(on(day)).map((shift) => (
                      <ShiftChip key={shift.id} shift={shift} mayRemove={mayPlan} />
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Officers and operators of the area and whoever has a shift in it, by name. */
function useRows(shifts: Shift[], areaId: string | undefined): { id: string; name: string; own: Shift[] }[] {
  const { i18n } = useTranslation();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const areas = useAreas();
  const isIn = (id: string) => !areaId || areas.some((area) => area.id === id && area.path.includes(areaId));
  const names = new Map(people.filter((p) => mayBeOnShift(p.role) && isIn(p.areaId)).map((p) => [p.id, p.name]));
  for (const { personId, personName } of shifts) names.set(personId, personName);
  return [...names]
    .map(([id, name]) => ({ id, name, own: shifts.filter(({ personId }) => personId === id) }))
    .sort((a, b) => a.name.localeCompare(b.name, i18n.language));
}
