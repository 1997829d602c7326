import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox, Grid, Segmented, Select, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AreaSelect } from '../../components/area-select.js';
import { Page } from '../../components/page.js';
import { ProblemAlert } from '../../components/query-state.js';
import { dayOf } from '../../lib/site-day.js';
import { useNow, useSiteTime } from '../../lib/site-time.js';
import { useAddress } from '../../lib/use-address.js';
import '../../styles/duty-calendar.css';
import { DayList } from './day-list.js';
import { calendarViews, daysShown, entriesOn, entryKinds, stepped } from './entries.js';
import { MonthGrid } from './month-grid.js';
import { useCalendar } from './use-calendar.js';
import { useDayNames } from './use-day-names.js';

/** Who is on duty, who is away, and which rounds are due, of a week or a month. What is shown stands in the address. */
export function DutyCalendarPage() {
  const { t } = useTranslation(['duty', 'site']);
  const { timeZone } = useSiteTime();
  const names = useDayNames();
  const wide = Grid.useBreakpoint().md ?? true;
  const today = dayOf(useNow(), timeZone);
  const { params, change: set } = useAddress();
  const view = calendarViews.find((one) => one === params.get('view')) ?? 'week';
  const asked = params.get('day') ?? '';
  const day = /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : today;
  const hidden = params.get('hide')?.split(',') ?? [];
  const kinds = entryKinds.filter((kind) => !hidden.includes(kind));
  const areaId = params.get('area') ?? undefined;
  const personId = params.get('person') ?? undefined;
  const days = daysShown(view, day);
  const calendar = useCalendar(days, timeZone, { areaId, personId, kinds });
  const isWorthShowing = (one: string) =>
    one.startsWith(day.slice(0, 7)) && (one === today || entriesOn(one, calendar.entries, timeZone).length > 0);
  const shown = wide || view === 'week' ? days : days.filter(isWorthShowing);
  const period = view === 'month' ? names.month(day) : `${names.short(days[0]!)} – ${names.short(days[6]!)}`;
  return (
    <Page
      title={t('title')}
      extra={
        <>
          <Segmented
            aria-label={t('view')}
            value={view}
            options={calendarViews.map((value) => ({ value, label: t(`views.${value}`) }))}
            onChange={(value) => set({ view: value === 'week' ? undefined : value })}
          />
          <Link to="/shifts">
            <Button>{t('plan')}</Button>
          </Link>
        </>
      }
    >
      <div className="week-bar">
        <Button icon={<LeftOutlined />} aria-label={t('before')} onClick={() => set({ day: stepped(view, day, -1) })} />
        <strong className="week-name">{period}</strong>
        <Button icon={<RightOutlined />} aria-label={t('after')} onClick={() => set({ day: stepped(view, day, 1) })} />
        <Button disabled={days.includes(today) && day === today} onClick={() => set({ day: undefined })}>
          {t('today')}
        </Button>
        <AreaSelect
          value={areaId}
          onChange={(value) => set({ area: value })}
          placeholder={t('site:shifts.anywhere')}
          label={t('area')}
        />
        <Select
          aria-label={t('person')}
          style={{ width: 160 }}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('anybody')}
          value={personId}
          options={calendar.names}
          onChange={(value) => set({ person: value })}
        />
        <Checkbox.Group
          aria-label={t('what')}
          value={kinds}
          options={entryKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={(value) => set({ hide: entryKinds.filter((kind) => !value.includes(kind)).join(',') })}
        />
      </div>
      {Boolean(calendar.error) && <ProblemAlert error={calendar.error} onRetry={calendar.retry} />}
      {calendar.isCut && <Alert showIcon type="warning" title={t('cut')} />}
      {calendar.isPending ? (
        <Skeleton active paragraph={{ rows: 8 }} className="panel panel-pad" />
      ) : wide && view === 'month' ? (
        <MonthGrid
          days={days}
          month={day.slice(0, 7)}
          today={today}
          entries={calendar.entries}
          timeZone={timeZone}
          onDay={(value) => set({ view: undefined, day: value })}
        />
      ) : (
        <>
          {shown.length === 0 && <p className="muted">{t('nothingAtAll')}</p>}
          <DayList days={shown} today={today} entries={calendar.entries} timeZone={timeZone} beside={wide} />
        </>
      )}
    </Page>
  );
}
