import type { AnsweredItem, WorkOrderDetail } from '@sc/contracts';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.js';
import { StateTag } from '../../components/tags.js';
import { useSiteTime } from '../../lib/site-time.js';
import { useLimitText } from '../../lib/use-limit-text.js';
import { useText } from '../../lib/use-words.js';

/** What the side flows of a case left; nothing where there were none. */
export function CasePanels({ order }: { order: WorkOrderDetail }) {
  return (
    <>
      <Extension order={order} />
      <Checklist items={order.checklist} />
      <Urges order={order} />
      <Assists order={order} />
    </>
  );
}

function Extension({ order: { extension } }: { order: WorkOrderDetail }) {
  const { t } = useTranslation('cases');
  const limitText = useLimitText();
  if (!extension) return null;
  const { askedBy, reason, limit } = extension;
  return (
    <Alert
      showIcon
      type="warning"
      title={t('extension')}
      description={t('extensionText', { name: askedBy.name, reason, span: limitText(limit) })}
    />
  );
}

function Checklist({ items }: { items: readonly AnsweredItem[] }) {
  const { t } = useTranslation('cases');
  const text = useText();
  if (items.length === 0) return null;
  return (
    <Panel title={t('checklist')}>
      <ul className="mini-list">
        {items.map(({ item, value, inOrder, answeredBy }) => (
          <li key={item.key}>
            <span className="grow">
              {text(item.title)} {item.required && <span className="muted">({t('required')})</span>}
              <div className="muted">{answeredBy?.name}</div>
            </span>
            <span>
              {value === null && <span className="muted">{t('notAnswered')}</span>}
              {typeof value === 'boolean' && (value ? t('yes') : t('no'))}
              {typeof value === 'string' && value}
              {typeof value === 'number' && `${value} ${item.kind === 'number' ? item.unit : ''}`}{' '}
              {inOrder === false && typeof value !== 'boolean' && <StateTag tone="hot">{t('notInOrder')}</StateTag>}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Urges({ order: { urges } }: { order: WorkOrderDetail }) {
  const { t } = useTranslation('cases');
  const { format } = useSiteTime();
  if (urges.length === 0) return null;
  return (
    <Panel title={t('urges')}>
      <ul className="mini-list">
        {urges.map(({ id, urgedBy, answerBy, note, answer, answeredBy, overdueAt }) => (
          <li key={id}>
            <span className="grow">
              {t('urgeLine', { name: urgedBy.name, time: format(answerBy) })}
              <div>{note}</div>
              <div className="muted">{answer && t('urgeAnswer', { name: answeredBy?.name, answer })}</div>
            </span>
            {!answer && (
              <StateTag tone={overdueAt ? 'hot' : 'warm'}>{overdueAt ? t('urgeOverdue') : t('urgeOpen')}</StateTag>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Assists({ order: { assists } }: { order: WorkOrderDetail }) {
  const { t } = useTranslation('cases');
  const text = useText();
  if (assists.length === 0) return null;
  return (
    <Panel title={t('assists')}>
      <ul className="mini-list">
        {assists.map(({ id, team, person, state, note, endNote }) => (
          <li key={id}>
            <span className="grow">
              <strong>{team ? text(team.name) : person?.name}</strong>
              <div className="muted">{[note, endNote].filter(Boolean).join(' · ')}</div>
            </span>
            <StateTag tone={state === 'open' ? 'busy' : 'quiet'}>{t(`assistState.${state}`)}</StateTag>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
