import type { RuleView } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useDomains } from '../../api/queries.js';
import { SiteTime } from '../../components/age.js';
import { useValueText } from '../../components/cause.js';
import { Facts, Panel } from '../../components/page.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { ruleHours } from '../../lib/rule-hours.js';
import { usePlace } from '../../lib/use-place.js';
import { useDuration, useText } from '../../lib/use-words.js';
import { type ConditionField, conditionFields } from './fields.js';
import { useConditionWords } from './use-condition-words.js';

/** A rule in words, then each of its levels and options. */
export function RuleOverview({ rule }: { rule: RuleView }) {
  const { t, i18n } = useTranslation(['rules', 'words']);
  const text = useText();
  const place = usePlace();
  const domains = useDomains();
  const { words, members } = useConditionWords()(rule.condition, rule.domain);
  const fieldText = useFieldText(rule);
  const domain = domains.find(({ name }) => name === rule.domain);
  const fields = conditionFields[rule.condition.kind];
  const { appliesTo, activeHours, workOrderCategory } = rule;
  const where = [
    ...(appliesTo?.areaIds ?? []).map((area) => place(area)),
    ...(appliesTo?.deviceIds ?? []),
    ...(appliesTo?.labels ?? []).map((label) => `#${label}`),
  ];
  const category = domain?.workOrders.find((one) => one.category === workOrderCategory);
  return (
    <div className="stack">
      <Panel title={t('words')}>
        <p className="rule-sentence">{words}</p>
        {members.length > 0 && (
          <ul className="rule-members">
            {members.map((member, index) => (
              <li key={index}>{member}</li>
            ))}
          </ul>
        )}
        <div className="rule-texts">
          <Facts
            items={[
              [t('guidance'), text(rule.guidance)],
              [t('source'), text(rule.source)],
            ]}
          />
        </div>
      </Panel>
      <Panel title={t('levels')}>
        <Facts items={[[t('field.kind'), t(`kind.${rule.condition.kind}`)], ...(fields ?? []).map(fieldText)]} />
        {!fields && <pre className="rule-json">{JSON.stringify(rule.condition, null, 2)}</pre>}
      </Panel>
      <Panel title={t('options')}>
        <Facts
          items={[
            [t('severity'), <SeverityBadge severity={rule.severity} />],
            [t('field.urgency'), t(`words:urgency.${rule.urgency}`)],
            [t('field.certainty'), t(`words:certainty.${rule.certainty}`)],
            [t('field.appliesTo'), where.length ? where.join(', ') : t('everywhere')],
            [t('field.activeHours'), activeHours ? ruleHours(activeHours, i18n.language) : t('always')],
            [t('field.workOrder'), rule.workOrder ? t('yes') : t('no')],
            [t('field.workOrderCategory'), workOrderCategory && (category ? text(category.title) : workOrderCategory)],
            [t('field.latching'), rule.latching ? t('yes') : t('no')],
            [t('field.suppressionGroup'), rule.suppressionGroup],
            [t('domain'), domain ? text(domain.title) : rule.domain],
            [t('id'), <code>{rule.id}</code>],
            [t('updated'), <SiteTime at={rule.status.updatedAt} />],
          ]}
        />
      </Panel>
    </div>
  );
}

/** Name and value of one field of the condition. */
function useFieldText({ domain: name, condition }: RuleView): (field: ConditionField) => [string, string | undefined] {
  const { t } = useTranslation('rules');
  const text = useText();
  const value = useValueText();
  const duration = useDuration();
  const domain = useDomains().find((one) => one.name === name);
  const fields = condition as unknown as Record<string, unknown>;
  const metricOf = (key: unknown) => domain?.metrics[String(key)];
  return ({ name: field, as }) => {
    const raw = fields[field];
    const said = () => {
      if (raw === undefined) return undefined;
      if (as === 'duration') return duration(Number(raw));
      if (as === 'metric' || as === 'state-metric') return metricOf(raw) ? text(metricOf(raw)!.title) : String(raw);
      if (as === 'direction') return t(`direction.${raw as 'above'}`);
      if (as === 'yes-no') return raw ? t('yes') : t('no');
      if (as === 'events') {
        const types = raw as string[];
        return types.map((type) => (domain?.events[type] ? text(domain.events[type].title) : type)).join(', ');
      }
      const metric = fields['of'] === undefined ? metricOf(fields['metric']) : undefined;
      if (as === 'pace') return `${value(raw, metric)}/min`;
      return as === 'level' ? value(raw, metric) : String(raw);
    };
    return [t(`field.${field}`), said()];
  };
}
