import { CheckCircleFilled, RightCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { anyDeviceQuery, areasQuery, heardDevicesQuery, shiftsQuery, siteQuery, staffQuery } from '../api/queries.js';
import { Facts, Page } from '../components/page.js';

/** What an empty site needs, in the order in which it needs it; each step knows whether it is done. */
export function FirstStepsPage() {
  const { t } = useTranslation('site');
  const areas = useQuery(areasQuery).data?.items.length ?? 0;
  const people = useQuery(staffQuery).data?.items.length ?? 0;
  const shifts = useQuery(shiftsQuery()).data?.items.length ?? 0;
  const devices = useQuery(anyDeviceQuery).data?.items.length ?? 0;
  const heard = useQuery(heardDevicesQuery).data?.items.some(({ lastSeenAt }) => lastSeenAt !== null) ?? false;
  return (
    <Page title={t('firstSteps.title')}>
      <p className="muted">{t('firstSteps.about')}</p>
      <ol className="steps">
        <Step number={1} name="areas" done={areas > 1} to="/areas" />
        <Step number={2} name="people" done={people > 1} to="/people" />
        <Step number={3} name="shifts" done={shifts > 0} to="/shifts" />
        <Step number={4} name="devices" done={devices > 0} to="/devices" />
        <Step number={5} name="connect" done={heard} to="/devices">
          <Connection />
        </Step>
      </ol>
    </Page>
  );
}

interface StepProps {
  number: number;
  name: 'areas' | 'people' | 'shifts' | 'devices' | 'connect';
  done: boolean;
  to: string;
  children?: ReactNode;
}

function Step({ number, name, done, to, children }: StepProps) {
  const { t } = useTranslation('site');
  return (
    <li className={`panel step${done ? ' step-done' : ''}`}>
      <span className="step-mark" aria-hidden>
        {done ? <CheckCircleFilled /> : number}
      </span>
      <div className="step-body">
        <h2>{t(`firstSteps.${name}`)}</h2>
        <p>{t(`firstSteps.${name}Text`)}</p>
        {children}
        <Link to={to} className="step-go">
          <RightCircleOutlined aria-hidden /> {t(`firstSteps.${name}Action`)}
        </Link>
      </div>
      <span className="step-state">{done ? t('firstSteps.done') : t('firstSteps.open')}</span>
    </li>
  );
}

function Connection() {
  const { t } = useTranslation('site');
  const site = useQuery(siteQuery).data;
  return (
    <>
      <Facts
        items={[
          [
            t('firstSteps.mqtt'),
            site?.mqttPort && (
              <code>
                {site.addresses[0] ?? window.location.hostname} · {t('firstSteps.port', { port: site.mqttPort })}
              </code>
            ),
          ],
          [
            t('firstSteps.topic'),
            <code>sc/&#123;domain&#125;/&#123;community&#125;/&#123;device&#125;/telemetry</code>,
          ],
        ]}
      />
      <p className="row-wrap">
        <a href="/trust">{t('firstSteps.phones')}</a>
        <a href="/api/docs">{t('firstSteps.api')}</a>
      </p>
    </>
  );
}
