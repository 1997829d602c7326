import { compareSeverity, type IncidentDetail, isFinalWorkOrder, type Text } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { useText } from '../../lib/use-words.js';

/** What the kinds of alarm and the kind of work ask for, each once, the gravest first. */
export function WhatToDo({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation(['control', 'desk']);
  const text = useText();
  const alarms = once(
    incident.alarms.toSorted((a, b) => compareSeverity(a.severity, b.severity)),
    ({ guidance }) => guidance,
  );
  const orders = once(
    incident.workOrders.filter(({ state }) => !isFinalWorkOrder(state)),
    ({ instructions }) => instructions,
  );
  if (alarms.length + orders.length === 0) return null;
  return (
    <Panel title={t('incident.whatToDo')}>
      <ul className="to-do">
        {alarms.map((alarm) => (
          <li key={alarm.id}>
            <span className="row-wrap">
              <SeverityBadge severity={alarm.severity} />
              <strong>{text(alarm.title)}</strong>
            </span>
            <p>{text(alarm.guidance)}</p>
          </li>
        ))}
        {orders.map((order) => (
          <li key={order.id}>
            <strong>{t('incident.onTheSpot', { number: order.number })}</strong>
            <p>{text(order.instructions)}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function once<T>(items: readonly T[], textOf: (item: T) => Text): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const said = textOf(item).en.trim();
    if (said === '' || seen.has(said)) return false;
    seen.add(said);
    return true;
  });
}
