import { Table } from 'antd';
import type { BackTest, BackTestAlarm, BackTestResult } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCauseText } from '../../../components/cause.js';
import { SeverityBadge } from '../../../components/severity-badge.js';
import { useSiteTime } from '../../../lib/site-time.js';

/** Alarm by alarm, the differences first. */
export function BackTestAlarms({ run, result }: { run: BackTest; result: BackTestResult }) {
  const { t } = useTranslation('back-test');
  const { format } = useSiteTime();
  const causeText = useCauseText();
  const domain = String(run.rule['domain'] ?? '');
  const span = (one: BackTestAlarm['would']) =>
    one && `${format(one.begin)} – ${one.end ? format(one.end, 'time') : t('holds')}`;
  return (
    <>
      <Table<BackTestAlarm>
        size="small"
        rowKey={({ deviceId, subject, would, was }) => `${deviceId} ${subject} ${would?.begin} ${was?.begin}`}
        dataSource={result.alarms}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 760 }}
        columns={[
          {
            title: t('finding'),
            render: (_, { found }) => (
              <span className={`back-test-found back-test-${found}`}>{t(`found.${found}`)}</span>
            ),
            filters: (['only-new', 'only-old', 'both'] as const).map((value) => ({ value, text: t(`found.${value}`) })),
            onFilter: (value, { found }) => found === value,
          },
          {
            title: t('device'),
            render: (_, { deviceId, subject }) => (
              <>
                <Link to={`/devices/${deviceId}`}>{deviceId}</Link> {subject}
              </>
            ),
          },
          { title: t('severity'), render: (_, { severity }) => <SeverityBadge severity={severity} /> },
          { title: t('wouldSpan'), render: (_, { would }) => span(would) },
          { title: t('wasSpan'), render: (_, { was }) => span(was) },
          { title: t('cause'), render: (_, { cause }) => causeText(domain, cause) },
        ]}
      />
      {result.moreAlarms > 0 && <p className="muted">{t('moreAlarms', { n: result.moreAlarms })}</p>}
    </>
  );
}
