import type { WorkOrderDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { CameraPictures } from '../components/camera-pictures.js';
import { useCauseText } from '../components/cause.js';
import { Attachments } from '../components/attachments.js';
import { SeverityBadge } from '../components/severity-badge.js';
import { Story } from '../components/story.js';
import { useText } from '../lib/use-words.js';
import { fieldOrderQuery } from './cached.js';
import { Checklist } from './checklist.js';
import { expectedDetail, onTheirWay, stepsOf } from './expected.js';
import { OrderActions } from './order-actions.js';
import { OrderPlace } from './order-place.js';
import { OrderResidentsSection } from './order-residents.js';
import { AcceptWithin, ExpectedState } from './order-card.js';
import { useOutbox } from './outbox.js';
import { CopyNote, FieldState } from './parts.js';
import { useFieldPlace } from './use-field-place.js';

export function FieldOrderPage() {
  const { t } = useTranslation('field');
  const { workOrderId = '' } = useParams();
  const query = useQuery(fieldOrderQuery(workOrderId));
  return (
    <>
      <Link to="/field" className="field-back">
        ‹ {t('back')}
      </Link>
      <FieldState query={query}>
        {({ value, copyFrom }) => (
          <>
            <CopyNote from={copyFrom} />
            <Order order={value} />
          </>
        )}
      </FieldState>
    </>
  );
}

function Order({ order: known }: { order: WorkOrderDetail }) {
  const { t } = useTranslation(['field', 'words', 'desk']);
  const text = useText();
  const cause = useCauseText();
  const place = useFieldPlace();
  const steps = stepsOf(useOutbox().items, known.id);
  const order = expectedDetail(known, onTheirWay(steps));
  // Those of residents stand beside their words.
  const files = order.attachments.filter(({ uploadedBy }) => uploadedBy !== null);
  // Whoever is on site answers before they report; until then the next step stands near the top.
  const answersFirst = order.state === 'in-hand' || order.allowedActions.includes('self-handled');
  return (
    <article className="field-order">
      <header>
        <div className="field-card-row">
          <SeverityBadge severity={order.severity} />
          <ExpectedState order={order} waits={order.state !== known.state} />
        </div>
        <h1>{text(order.title)}</h1>
        <OrderPlace order={order} />
        <div className="field-card-row">
          <span className="muted">{order.number}</span>
          <AcceptWithin order={order} />
        </div>
      </header>
      {order.description && (
        <section>
          {order.description}
          {order.finder && <span className="muted"> — {order.finder.name}</span>}
        </section>
      )}
      {answersFirst && <Checklist order={order} />}
      <OrderActions order={order} steps={steps} />
      {!answersFirst && <Checklist order={order} />}
      <section>
        <h2>{t('instructions')}</h2>
        <p>{text(order.instructions)}</p>
      </section>
      {order.alarms.length > 0 && (
        <section>
          <h2>{t('alarms')}</h2>
          <ul className="field-list">
            {order.alarms.map((alarm) => (
              <li key={alarm.id}>
                <SeverityBadge severity={alarm.severity} /> <strong>{text(alarm.title)}</strong>
                <div>
                  {alarm.deviceName} · {place(alarm.areaId, alarm.areaName)}
                </div>
                <div className="muted">
                  {cause(alarm.domain, alarm.cause)} · {t(`words:alarmState.${alarm.state}`)}
                </div>
                {alarm.domain === 'camera' && <CameraPictures of="alarm" id={alarm.id} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      <OrderResidentsSection order={order} />
      {files.length > 0 && (
        <section>
          <h2>{t('photos')}</h2>
          <Attachments attachments={files} />
        </section>
      )}
      <section>
        <h2>{t('story')}</h2>
        <Story entries={order.timeline} />
      </section>
    </article>
  );
}
