import type { AreaCalendar } from '@sc/contracts';
import { App, Button, Popconfirm } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { keys } from '../../api/keys.js';
import { calendarQuery, calendarsQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { useMay, usePerson } from '../../app/session.js';
import { AreaSelect } from '../../components/area-select.js';
import { Page, Panel } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { useProblemText, useText } from '../../lib/use-words.js';
import { CalendarForm } from './calendar-form.js';
import { CalendarView } from './calendar-view.js';
import { ImportDays } from './import-days.js';

/** When people work, place by place: what limits in working time count. */
export function CalendarsPage() {
  const { t } = useTranslation('calendars');
  const navigate = useNavigate();
  const person = usePerson();
  const { areaId = person.areaId } = useParams();
  const query = useQuery(calendarQuery(areaId));
  return (
    <Page
      title={t('title')}
      extra={
        <AreaSelect
          allowClear={false}
          width={240}
          value={areaId}
          label={t('place')}
          onChange={(id) => id && void navigate(`/calendars/${id}`)}
        />
      }
    >
      <p className="muted">{t('about')}</p>
      <div className="columns">
        <QueryState query={query}>{(calendar) => <OfArea key={areaId} calendar={calendar} />}</QueryState>
        <Panel title={t('own')}>
          <Own selected={areaId} />
        </Panel>
      </div>
    </Page>
  );
}

/** Areas that have one of their own. */
function Own({ selected }: { selected: string }) {
  const { t } = useTranslation('calendars');
  const text = useText();
  const query = useQuery(calendarsQuery);
  return (
    <QueryState query={query}>
      {({ items }) => {
        const own = items.filter(({ ownerId, areaId }) => ownerId === areaId);
        if (!own.length) return <span className="muted">{t('noneOwn')}</span>;
        return (
          <ul className="calendar-list">
            {own.map(({ areaId, areaName, name }) => (
              <li key={areaId}>
                <Link to={`/calendars/${areaId}`} aria-current={areaId === selected ? 'page' : undefined}>
                  {text(areaName)}
                </Link>
                <span className="muted">{name}</span>
              </li>
            ))}
          </ul>
        );
      }}
    </QueryState>
  );
}

function OfArea({ calendar }: { calendar: AreaCalendar }) {
  const { t } = useTranslation('calendars');
  const text = useText();
  const mayChange = useMay('admin', 'manager');
  const [editing, setEditing] = useState(false);
  const [importing, setImporting] = useState(false);
  const isOwn = calendar.ownerId === calendar.areaId;
  return (
    <div className="stack">
      <Panel
        title={text(calendar.areaName)}
        extra={
          mayChange &&
          !editing && (
            <>
              {isOwn && <Remove areaId={calendar.areaId} />}
              {isOwn && <Button onClick={() => setImporting(true)}>{t('import')}</Button>}
              <Button type="primary" onClick={() => setEditing(true)}>
                {t(isOwn ? 'edit' : 'make')}
              </Button>
            </>
          )
        }
      >
        {editing ? (
          <CalendarForm calendar={calendar} onDone={() => setEditing(false)} />
        ) : (
          <CalendarView calendar={calendar} />
        )}
      </Panel>
      {importing && <ImportDays areaId={calendar.areaId} onClose={() => setImporting(false)} />}
    </div>
  );
}

function Remove({ areaId }: { areaId: string }) {
  const { t } = useTranslation('calendars');
  const { message } = App.useApp();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.removeCalendar(areaId),
    onSuccess: () => void message.success(t('removed')),
    onError: (error) => void message.error(problemText(error).line),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.calendars }),
  });
  return (
    <Popconfirm title={t('removeSure')} onConfirm={() => remove.mutate()}>
      <Button danger loading={remove.isPending}>
        {t('remove')}
      </Button>
    </Popconfirm>
  );
}
