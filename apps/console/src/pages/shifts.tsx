import { Table } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { shiftsQuery, useAreas } from '../api/queries.js';
import { SiteTime } from '../components/age.js';
import { Page } from '../components/page.js';
import { Calm, QueryState } from '../components/query-state.js';
import { StateTag } from '../components/tags.js';
import { useNow } from '../lib/site-time.js';
import { useText } from '../lib/use-words.js';

export function ShiftsPage() {
  const { t } = useTranslation('desk');
  const query = useQuery(shiftsQuery);
  const areas = useAreas();
  const text = useText();
  const now = useNow();
  const areaName = (id: string) => {
    const area = areas.find((a) => a.id === id);
    return area ? text(area.name) : id;
  };
  return (
    <Page title={t('shifts.title')}>
      <QueryState query={query}>
        {(data) => (
          <div className="panel">
            <Table
              size="small"
              rowKey="id"
              pagination={false}
              scroll={{ x: 640 }}
              dataSource={[...data.items].sort((a, b) => a.startsAt.localeCompare(b.startsAt))}
              locale={{ emptyText: <Calm title={t('shifts.empty')} text={t('shifts.emptyText')} /> }}
              columns={[
                { title: t('shifts.person'), dataIndex: 'personName', ellipsis: true },
                { title: t('shifts.area'), ellipsis: true, render: (_, s) => areaName(s.areaId) },
                { title: t('shifts.from'), width: 190, render: (_, s) => <SiteTime at={s.startsAt} /> },
                { title: t('shifts.to'), width: 190, render: (_, s) => <SiteTime at={s.endsAt} /> },
                {
                  width: 110,
                  render: (_, s) =>
                    Date.parse(s.startsAt) <= now && now < Date.parse(s.endsAt) ? (
                      <StateTag tone="good">{t('shifts.now')}</StateTag>
                    ) : (
                      <StateTag tone="quiet">{t('shifts.later')}</StateTag>
                    ),
                },
              ]}
            />
          </div>
        )}
      </QueryState>
    </Page>
  );
}
