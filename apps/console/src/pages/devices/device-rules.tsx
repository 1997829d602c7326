import type { RuleView } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { deviceOutOfServiceQuery, deviceRulesQuery } from '../../api/queries.js';
import { QueryState } from '../../components/query-state.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { StateTag } from '../../components/tags.js';
import { ruleHours } from '../../lib/rule-hours.js';
import { useText } from '../../lib/use-words.js';
import { useConditionWords } from '../rules/use-condition-words.js';

const tones = { on: 'good', off: 'quiet', stopped: 'hot' } as const;

/** The rules that are judged on this device, with their levels and hours, on or not. */
export function DeviceRules({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation('device');
  const query = useQuery(deviceRulesQuery(deviceId));
  const outs = useQuery(deviceOutOfServiceQuery(deviceId)).data?.items ?? [];
  return (
    <QueryState query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <span className="muted">{t('noRules')}</span>
        ) : (
          <ul className="mini-list">
            {items.toSorted(byState).map((rule) => (
              <RuleLine
                key={rule.id}
                rule={rule}
                out={outs.some(({ ruleId }) => ruleId === rule.id || ruleId === null)}
              />
            ))}
          </ul>
        )
      }
    </QueryState>
  );
}

function RuleLine({ rule, out }: { rule: RuleView; out: boolean }) {
  const { t, i18n } = useTranslation(['device', 'rules']);
  const text = useText();
  const words = useConditionWords();
  const { words: sentence, members } = words(rule.condition, rule.domain);
  return (
    <li>
      <SeverityBadge severity={rule.severity} />
      <span className="grow">
        <Link to={`/rules/${rule.id}`}>{text(rule.title)}</Link>
        <div className="muted">{[sentence, ...members].join(' ')}</div>
        {rule.activeHours && (
          <div className="muted">{t('hours', { hours: ruleHours(rule.activeHours, i18n.language) })}</div>
        )}
      </span>
      {out && <StateTag tone="quiet">{t('outHere')}</StateTag>}
      <StateTag tone={tones[rule.status.state]}>{t(`rules:states.${rule.status.state}`)}</StateTag>
    </li>
  );
}

const order = ['stopped', 'on', 'off'];
const byState = (a: RuleView, b: RuleView): number => order.indexOf(a.status.state) - order.indexOf(b.status.state);
