import { Spin } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { ruleQuery } from '../../api/queries.js';
import { Page } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { draftOf, emptyDraft } from './draft.js';
import { RuleEditor } from './editor.js';

/** A new rule, from nothing or from a copy, which begins switched off. */
export function NewRulePage() {
  const [params] = useSearchParams();
  const copyOf = params.get('copyOf');
  if (copyOf) return <Copied id={copyOf} />;
  return <RuleEditor initial={emptyDraft} />;
}

function Copied({ id }: { id: string }) {
  const { t } = useTranslation('rules');
  const source = useQuery({ ...ruleQuery(id), staleTime: Infinity });
  return source.data ? (
    <RuleEditor key={id} initial={{ ...draftOf(source.data), id: `${id}-2`.slice(-64), enabled: false }} copyOf={id} />
  ) : (
    <Page title={t('form.newTitle')} back={{ to: '/rules', label: t('back') }}>
      <QueryState query={source}>{() => <Spin />}</QueryState>
    </Page>
  );
}

export function EditRulePage() {
  const { ruleId = '' } = useParams();
  const { t } = useTranslation('rules');
  const rule = useQuery(ruleQuery(ruleId));
  return rule.data ? (
    <RuleEditor key={ruleId} initial={draftOf(rule.data)} base={rule.data} />
  ) : (
    <Page title={t('form.editTitle')} back={{ to: '/rules', label: t('back') }}>
      <QueryState query={rule}>{() => <Spin />}</QueryState>
    </Page>
  );
}
