import type { RuleDetail, RuleVersion } from '@sc/contracts';
import { Alert, Button, Popconfirm } from 'antd';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ruleVersionsQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { SiteTime } from '../../components/age.js';
import { Panel } from '../../components/page.js';
import { ProblemAlert, QueryState } from '../../components/query-state.js';
import { DifferenceTable } from './difference-table.js';
import { useRuleChanged } from './use-rule-changed.js';

/** Every version that was in force, what each changed, and the way back. */
export function RuleHistory({ rule, mayChange }: { rule: RuleDetail; mayChange: boolean }) {
  const { t } = useTranslation('rules');
  const query = useQuery(ruleVersionsQuery(rule.id));
  const changed = useRuleChanged();
  const [open, setOpen] = useState<number>();
  const restore = useMutation({
    mutationFn: (version: number | 'default') => api.restoreRule(rule.id, { version, basedOn: rule.version }),
    onSuccess: changed,
  });
  const { newerDefault } = rule.status;
  return (
    <div className="stack">
      {restore.error && <ProblemAlert error={restore.error} />}
      {rule.default && (
        <Panel
          title={newerDefault === null ? t('toDefault') : t('newer', { version: newerDefault })}
          extra={
            mayChange && (
              <Button loading={restore.isPending} onClick={() => restore.mutate('default')}>
                {newerDefault === null ? t('toDefault') : t('takeDefault')}
              </Button>
            )
          }
        >
          {newerDefault !== null && <Alert type="info" title={t('newerText')} />}
          <DifferenceTable caption={t('history.withDefault')} before={bare(rule)} after={rule.default} />
        </Panel>
      )}
      <QueryState query={query}>
        {({ items }) => (
          <Panel title={t('tab.history')}>
            <ol className="rule-versions">
              {items.map((one, index) => (
                <li key={one.version}>
                  <strong>{t('version', { version: one.version })}</strong>
                  <span className="rule-versions-what">
                    <SiteTime at={one.at} /> · <Who version={one} />
                    {one.note && <div>“{one.note}”</div>}
                  </span>
                  {one.version === rule.version && <span className="rule-mark">{t('history.inForce')}</span>}
                  <Button
                    size="small"
                    aria-expanded={open === one.version}
                    onClick={() => setOpen(open === one.version ? undefined : one.version)}
                  >
                    {t('history.compare')}
                  </Button>
                  {mayChange && one.version !== rule.version && (
                    <Popconfirm
                      title={t('history.restoreConfirm', { version: one.version })}
                      okText={t('history.restore')}
                      cancelText={t('cancel')}
                      onConfirm={() => restore.mutate(one.version)}
                    >
                      <Button size="small">{t('history.restore')}</Button>
                    </Popconfirm>
                  )}
                  {open === one.version && <Compared version={one} before={items[index + 1]} />}
                </li>
              ))}
            </ol>
          </Panel>
        )}
      </QueryState>
    </div>
  );
}

function Compared({ version, before }: { version: RuleVersion; before: RuleVersion | undefined }) {
  const { t } = useTranslation('rules');
  if (!before) return <span className="muted">{t('history.first')}</span>;
  const caption = t('history.with', { version: version.version, before: before.version });
  return <DifferenceTable caption={caption} before={before.definition} after={version.definition} />;
}

function Who({ version: { changedBy } }: { version: RuleVersion }) {
  const { t } = useTranslation('rules');
  return <>{changedBy.kind === 'system' ? t('history.system') : (changedBy.name ?? changedBy.id)}</>;
}

/** The definition alone. */
function bare({ status: _, default: __, ...definition }: RuleDetail): Record<string, unknown> {
  return definition;
}
