import type { RuleView } from '@sc/contracts';
import { Button, Grid, Input, Select, Table } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { rulesQuery, useDomains } from '../../api/queries.js';

import { Page } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { StateTag } from '../../components/tags.js';
import { useText } from '../../lib/use-words.js';
import '../../styles/rules.css';
import { useConditionWords } from './use-condition-words.js';
import { useMayChangeRules } from './use-may-change.js';

const states = ['attention', 'on', 'off', 'stopped'] as const;

export function RulesPage() {
  const { t } = useTranslation('rules');
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const text = useText();
  const words = useConditionWords();
  const domains = useDomains();
  const query = useQuery(rulesQuery);
  const mayChange = useMayChangeRules();
  const wide = Grid.useBreakpoint().md ?? true;
  const [search, setSearch] = useState('');
  const [domain, state] = [params.get('domain') ?? undefined, params.get('state') ?? undefined];
  const choose = (name: string, value: string | undefined) =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    });
  const fits = (rule: RuleView) =>
    (!domain || rule.domain === domain) &&
    (!state || (state === 'attention' ? wantsLook(rule) : rule.status.state === state)) &&
    `${rule.id} ${rule.title.en} ${rule.title['zh-CN']}`.toLowerCase().includes(search.toLowerCase());
  const said = ({ condition, domain: of }: RuleView) => {
    const { words: sentence, members } = words(condition, of);
    return [sentence, ...members].join(' ');
  };
  const titleOf = (name: string) => {
    const known = domains.find((one) => one.name === name);
    return known ? text(known.title) : name;
  };
  return (
    <Page
      title={t('title')}
      extra={
        <>
          <Select
            aria-label={t('domain')}
            style={{ width: 160 }}
            allowClear
            placeholder={t('anyDomain')}
            value={domain}
            onChange={(value?: string) => choose('domain', value)}
            options={domains.map(({ name, title }) => ({ value: name, label: text(title) }))}
          />
          <Select
            aria-label={t('state')}
            style={{ width: 150 }}
            allowClear
            placeholder={t('anyState')}
            value={state}
            onChange={(value?: string) => choose('state', value)}
            options={states.map((value) => ({
              value,
              label: value === 'attention' ? t('attention') : t(`states.${value}`),
            }))}
          />
          <Input.Search
            aria-label={t('search')}
            placeholder={t('search')}
            style={{ width: 180 }}
            maxLength={120}
            allowClear
            onChange={(event) => setSearch(event.target.value.trim())}
          />
          {mayChange && (
            <Button type="primary" onClick={() => void navigate('/rules/new')}>
              {t('add')}
            </Button>
          )}
        </>
      }
    >
      <p className="muted">{t('intro')}</p>
      <QueryState query={query}>
        {({ items }) => (
          <div className="panel">
            <Table
              size="small"
              rowKey="id"
              {...(wide ? { scroll: { x: 960 } } : {})}
              pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
              dataSource={items.filter(fits).toSorted(byDomainAndGravity)}
              locale={{ emptyText: <Calm title={t('none')} /> }}
              onRow={({ id }) => ({ className: 'rule-row', onClick: () => void navigate(`/rules/${id}`) })}
              columns={[
                {
                  title: t('rule'),
                  ...(wide ? { width: 260 } : {}),
                  render: (_, rule) => (
                    <>
                      <Link to={`/rules/${rule.id}`} onClick={(event) => event.stopPropagation()}>
                        <strong>{text(rule.title)}</strong>
                      </Link>
                      <div className="alarm-sub">{titleOf(rule.domain)}</div>
                      {!wide && (
                        <div className="stack-tight">
                          <div>{said(rule)}</div>
                          <div className="row-wrap">
                            <SeverityBadge severity={rule.severity} />
                            <RuleMarks rule={rule} />
                            {rule.status.openAlarms > 0 && (
                              <strong>
                                {t('alarms')}: {rule.status.openAlarms}
                              </strong>
                            )}
                          </div>
                        </div>
                      )}
                    </>
                  ),
                },
                {
                  title: t('condition'),
                  hidden: !wide,
                  render: (_, rule) => <span className="rule-words">{said(rule)}</span>,
                },
                {
                  title: t('severity'),
                  width: 110,
                  hidden: !wide,
                  render: (_, rule) => <SeverityBadge severity={rule.severity} />,
                },
                {
                  title: t('alarms'),
                  width: 100,
                  align: 'right',
                  hidden: !wide,
                  render: (_, { status }) => (status.openAlarms > 0 ? <strong>{status.openAlarms}</strong> : '–'),
                },
                { title: t('state'), width: 170, hidden: !wide, render: (_, rule) => <RuleMarks rule={rule} /> },
              ]}
            />
          </div>
        )}
      </QueryState>
    </Page>
  );
}

/** On, off or stopped; and whether people had a hand in it. */
export function RuleMarks({ rule: { status } }: { rule: RuleView }) {
  const { t } = useTranslation('rules');
  const tone = status.state === 'on' ? 'good' : status.state === 'off' ? 'quiet' : 'hot';
  return (
    <span className="rule-marks">
      <StateTag tone={tone}>{t(`states.${status.state}`)}</StateTag>
      {status.trouble && !status.trouble.stopped && <StateTag tone="warm">{t('attention')}</StateTag>}
      {status.origin !== 'default' && <span className="rule-mark">{t(`origin.${status.origin}`)}</span>}
      {status.lifeSafety && <span className="rule-mark">{t('lifeSafety')}</span>}
    </span>
  );
}

const wantsLook = ({ status }: RuleView): boolean => status.trouble !== null || status.newerDefault !== null;

const gravity = ['extreme', 'severe', 'moderate', 'minor', 'unknown'];
const byDomainAndGravity = (a: RuleView, b: RuleView): number =>
  Number(wantsLook(b)) - Number(wantsLook(a)) ||
  a.domain.localeCompare(b.domain) ||
  gravity.indexOf(a.severity) - gravity.indexOf(b.severity) ||
  a.id.localeCompare(b.id);
