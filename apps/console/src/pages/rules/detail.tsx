import type { RuleDetail } from '@sc/contracts';
import { Alert, Button, Popconfirm, Tabs } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { keys } from '../../api/keys.js';
import { ruleQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { useMay } from '../../app/session.js';
import { Page } from '../../components/page.js';
import { ProblemAlert, QueryState } from '../../components/query-state.js';
import { useText } from '../../lib/use-words.js';
import '../../styles/rules.css';
import { BackTestTab } from './back-test.js';
import { RuleHistory } from './history.js';
import { RuleOverview } from './overview.js';
import { RuleMarks } from './page.js';
import { SwitchDialog } from './switch-dialog.js';
import { TroubleAlert } from './trouble.js';
import { useMayChangeRules } from './use-may-change.js';

export function RulePage() {
  const { ruleId = '' } = useParams();
  const { t } = useTranslation('rules');
  const query = useQuery(ruleQuery(ruleId));
  if (query.data) return <Rule rule={query.data} />;
  return (
    <Page title={t('rule')} back={{ to: '/rules', label: t('back') }}>
      <QueryState query={query}>{() => null}</QueryState>
    </Page>
  );
}

function Rule({ rule }: { rule: RuleDetail }) {
  const { t } = useTranslation('rules');
  const text = useText();
  const [params, setParams] = useSearchParams();
  const mayChangeRules = useMayChangeRules();
  const isAdmin = useMay('admin');
  const mayChange = mayChangeRules && (isAdmin || !rule.status.lifeSafety);
  const { newerDefault, origin, lifeSafety } = rule.status;
  return (
    <Page
      title={text(rule.title)}
      back={{ to: '/rules', label: t('back') }}
      extra={mayChangeRules && <Actions rule={rule} mayChange={mayChange} />}
    >
      <div className="stack">
        <div className="row-wrap">
          <RuleMarks rule={rule} />
          <span className="muted">
            {t('version', { version: rule.version })} · {t(`originText.${origin}`)}
          </span>
        </div>
        <TroubleAlert rule={rule} mayChange={mayChange} />
        {newerDefault !== null && (
          <Alert
            type="info"
            showIcon
            title={t('newer', { version: newerDefault })}
            description={t('newerText')}
            action={
              <Button size="small" onClick={() => setParams({ tab: 'history' })}>
                {t('history.compare')}
              </Button>
            }
          />
        )}
        {lifeSafety && mayChangeRules && !isAdmin && <Alert type="info" title={t('lifeSafetyText')} />}
        {!mayChangeRules && <p className="muted">{t('readOnly')}</p>}
        <Tabs
          activeKey={params.get('tab') ?? 'overview'}
          onChange={(tab) => setParams(tab === 'overview' ? {} : { tab })}
          items={[
            { key: 'overview', label: t('tab.overview'), children: <RuleOverview rule={rule} /> },
            { key: 'history', label: t('tab.history'), children: <RuleHistory rule={rule} mayChange={mayChange} /> },
            { key: 'back-test', label: t('tab.backTest'), children: <BackTestTab rule={rule} changed={false} /> },
          ]}
        />
      </div>
    </Page>
  );
}

function Actions({ rule, mayChange }: { rule: RuleDetail; mayChange: boolean }) {
  const { t } = useTranslation('rules');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [switching, setSwitching] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.removeRule(rule.id),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.rules });
      void navigate('/rules');
    },
  });
  return (
    <>
      {remove.error && <ProblemAlert error={remove.error} />}
      {mayChange && (
        <>
          <Link to={`/rules/${rule.id}/edit`}>
            <Button type="primary" tabIndex={-1}>
              {t('edit')}
            </Button>
          </Link>
          <Button danger={rule.enabled} onClick={() => setSwitching(true)}>
            {rule.enabled ? t('switchOff') : t('switchOn')}
          </Button>
        </>
      )}
      <Button onClick={() => void navigate(`/rules/new?copyOf=${rule.id}`)}>{t('copy')}</Button>
      {mayChange && rule.status.origin === 'own' && (
        <Popconfirm
          title={t('removeConfirm')}
          okText={t('remove')}
          cancelText={t('cancel')}
          onConfirm={() => remove.mutate()}
        >
          <Button danger loading={remove.isPending}>
            {t('remove')}
          </Button>
        </Popconfirm>
      )}
      {switching && <SwitchDialog rule={rule} onClose={() => setSwitching(false)} />}
    </>
  );
}
