import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shiftsQuery } from '../../api/queries.js';
import { useMay } from '../../app/session.js';
import { AreaSelect } from '../../components/area-select.js';
import { ImportButton } from '../../components/import/import-button.js';
import { Page } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { dayOf, instantOf, mondayOf, plusDays } from '../../lib/site-day.js';
import { useNow, useSiteTime } from '../../lib/site-time.js';
import { DirectoryWarnings } from '../../components/directory-warnings.js';
import { AddShifts } from './add-shifts.js';
import { AwayPanel } from './away-panel.js';
import { LeaveModal } from './leave-modal.js';
import { RotationsPanel } from './rotations-panel.js';
import { WeekTable } from './week-table.js';

export function ShiftsPage() {
  const { t } = useTranslation(['site', 'directory']);
  const { timeZone, format } = useSiteTime();
  const today = dayOf(useNow(), timeZone);
  const mayPlan = useMay('admin', 'manager');
  const [chosen, setChosen] = useState<string>();
  const [areaId, setAreaId] = useState<string>();
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const monday = chosen ?? mondayOf(today);
  const days = [0, 1, 2, 3, 4, 5, 6].map((i) => plusDays(monday, i));
  const from = instantOf(monday, '00:00', timeZone);
  const to = instantOf(plusDays(monday, 7), '00:00', timeZone);
  const query = useQuery(
    shiftsQuery({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...(areaId ? { areaId } : {}) }),
  );
  return (
    <Page
      title={t('shifts.title')}
      extra={
        <>
          <AreaSelect value={areaId} onChange={setAreaId} placeholder={t('shifts.anywhere')} label={t('people.area')} />
          {mayPlan && <ImportButton kind="shifts" />}
          {mayPlan && <Button onClick={() => setLeaving(true)}>{t('directory:leave.add')}</Button>}
          {mayPlan && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('shifts.add')}
            </Button>
          )}
        </>
      }
    >
      <DirectoryWarnings />
      <div className="week-bar">
        <Button
          icon={<LeftOutlined />}
          aria-label={t('shifts.weekBefore')}
          onClick={() => setChosen(plusDays(monday, -7))}
        />
        <strong className="week-name">
          {format(from, 'day')} – {format(to - 1, 'day')}
        </strong>
        <Button
          icon={<RightOutlined />}
          aria-label={t('shifts.weekAfter')}
          onClick={() => setChosen(plusDays(monday, 7))}
        />
        <Button disabled={monday === mondayOf(today)} onClick={() => setChosen(undefined)}>
          {t('shifts.thisWeek')}
        </Button>
      </div>
      <QueryState query={query}>
        {({ items }) => <WeekTable days={days} today={today} shifts={items} areaId={areaId} mayPlan={mayPlan} />}
      </QueryState>
      <div className="stack shifts-below">
        <AwayPanel from={new Date(from).toISOString()} to={new Date(to).toISOString()} mayPlan={mayPlan} />
        {mayPlan && <RotationsPanel today={today} mayPlan={mayPlan} />}
      </div>
      {leaving && <LeaveModal firstDay={today} onClose={() => setLeaving(false)} />}
      {adding && <AddShifts firstDay={today} onClose={() => setAdding(false)} />}
    </Page>
  );
}
