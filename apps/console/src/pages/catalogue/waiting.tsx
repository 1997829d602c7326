import type { CatalogueEntry } from '@sc/contracts';
import { Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../../components/page.js';
import { Calm } from '../../components/query-state.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { DecideButtons } from './decide-buttons.js';

/** What waits to be admitted, and the decision on one or many. */
export function Waiting({ entries, all }: { entries: CatalogueEntry[]; all: CatalogueEntry[] }) {
  const { t } = useTranslation('catalogue');
  const text = useText();
  const place = usePlace();
  const { format } = useSiteTime();
  const [chosen, setChosen] = useState<string[]>([]);
  if (!entries.length)
    return (
      <Panel>
        <Calm good title={t('nothingWaits')} text={t('waitingText')} />
      </Panel>
    );
  const mayDecide = entries.some(({ may }) => may.decide);
  const codes = chosen.filter((code) => entries.some((entry) => entry.code === code));
  return (
    <Panel title={t('waiting')} extra={mayDecide && <DecideButtons codes={codes} onDone={() => setChosen([])} />}>
      <p className="muted">{t('waitingText')}</p>
      <Table
        size="small"
        rowKey="code"
        scroll={{ x: 860 }}
        dataSource={entries}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        rowSelection={{
          selectedRowKeys: codes,
          onChange: (next) => setChosen(next.map(String)),
          getCheckboxProps: ({ may, title }) => ({ disabled: !may.decide, 'aria-label': text(title) }),
        }}
        columns={[
          {
            title: t('item'),
            width: 220,
            render: (_, entry) => (
              <>
                <Link to={`/catalogue/${entry.code}`}>{text(entry.title)}</Link>
                <div className="muted">{text(all.find(({ code }) => code === entry.parent)?.title ?? entry.title)}</div>
              </>
            ),
          },
          {
            title: t('area'),
            width: 180,
            render: (_, { areaId }) => (areaId ? place(areaId) : t('everywhere')),
          },
          { title: t('reason'), render: (_, { proposal }) => proposal?.reason ?? '' },
          {
            title: t('proposedBy'),
            width: 200,
            render: (_, { proposal }) => (
              <>
                {proposal?.by?.name}
                <div className="muted">{proposal && format(proposal.at)}</div>
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
}
