import type { AuditEntry } from '@sc/contracts';
import { Alert, Button, Grid, Table, type TableColumnsType } from 'antd';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { auditQuery } from '../api/queries.js';
import { api } from '../api/resources.js';
import { SiteTime } from '../components/age.js';
import { LoadMore } from '../components/load-more.js';
import { Page } from '../components/page.js';
import { Calm, ProblemAlert, QueryState } from '../components/query-state.js';
import { AuditFilter, subjectAddress, useAuditFilter } from './audit-filter.js';
import { AuditSubject, useAuditAction, useAuditActor, useSubjectNames } from './audit-words.js';

export function AuditPage() {
  const { t } = useTranslation('desk');
  const { filter, isFiltered } = useAuditFilter();
  const query = useInfiniteQuery(auditQuery(filter));
  const actionText = useAuditAction();
  const actorText = useAuditActor();
  const nameOf = useSubjectNames();
  const wide = Grid.useBreakpoint().md ?? true;
  const verify = useMutation({ mutationFn: api.verifyAudit });
  const columns: TableColumnsType<AuditEntry> = [
    { title: t('audit.sequence'), dataIndex: 'sequence', width: 80 },
    { title: t('audit.at'), width: 180, render: (_, e) => <SiteTime at={e.at} /> },
    {
      title: t('audit.who'),
      width: 180,
      ellipsis: true,
      render: (_, e) => actorText(e),
    },
    { title: t('audit.action'), width: 220, ellipsis: true, render: (_, e) => actionText(e.action) },
    {
      title: t('audit.subject'),
      ellipsis: true,
      render: (_, e) => <AuditSubject entry={e} name={nameOf(e)} />,
    },
  ];
  /** All of it in one, so that nothing is pushed aside. */
  const phoneColumn: TableColumnsType<AuditEntry>[number] = {
    title: t('audit.action'),
    render: (_, e) => (
      <div className="stack-tight">
        <strong>{actionText(e.action)}</strong>
        <span>
          <AuditSubject entry={e} name={nameOf(e)} />
        </span>
        <span className="muted">
          {actorText(e)} · <SiteTime at={e.at} /> · {e.sequence}
        </span>
      </div>
    ),
  };
  return (
    <Page
      title={t('audit.title')}
      extra={
        <Button loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('audit.verify')}
        </Button>
      }
    >
      <div className="stack">
        <span className="muted">{t('audit.about')}</span>
        <AuditFilter nameOf={nameOf} />
        {verify.error && <ProblemAlert error={verify.error} />}
        {verify.data && (
          <Alert
            showIcon
            type={verify.data.intact ? 'success' : 'error'}
            title={
              verify.data.intact
                ? t('audit.intact', { count: verify.data.entries })
                : t('audit.broken', { sequence: verify.data.firstBrokenSequence })
            }
          />
        )}
        <QueryState query={query}>
          {(data) => (
            <div className="panel">
              <Table
                size="small"
                rowKey="sequence"
                pagination={false}
                {...(wide && { scroll: { x: 1000 } })}
                dataSource={data.pages.flatMap((p) => p.items)}
                locale={{ emptyText: <Calm title={t(isFiltered ? 'audit.noneFound' : 'audit.empty')} /> }}
                expandable={{
                  expandedRowRender: (e) => (
                    <div className="stack">
                      <span className="muted">
                        {t('audit.code')}: <code>{e.action}</code> · <code>{e.subjectId}</code>
                      </span>
                      <Link to={`/audit?${subjectAddress(e)}`}>{t('audit.allOfSubject')}</Link>
                      <pre className="payload">{JSON.stringify(e.change, null, 2)}</pre>
                      <span className="muted">
                        {t('audit.hash')}: <code>{e.hash}</code>
                      </span>
                    </div>
                  ),
                }}
                columns={wide ? columns : [phoneColumn]}
              />
              <LoadMore query={query} />
            </div>
          )}
        </QueryState>
      </div>
    </Page>
  );
}
