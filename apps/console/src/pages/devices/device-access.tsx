import type { DeviceDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { siteQuery } from '../../api/queries.js';
import { useMay } from '../../app/session.js';
import { SiteTime } from '../../components/age.js';
import { CopyLine } from '../../components/copy-line.js';
import { Facts, Panel } from '../../components/page.js';
import { ConnectionMark } from '../../components/tags.js';

/** How the device reaches the platform: by a login of its own, or through a program that speaks for it. */
export function DeviceAccess({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation(['device', 'desk']);
  const site = useQuery(siteQuery).data;
  const { bridge } = device;
  // The page of bridges is the administrators'.
  const maySeeBridges = useMay('admin');
  return (
    <Panel title={t('access')}>
      <div className="stack">
        <p className="muted">{t(bridge ? 'accessBridge' : 'accessOwn')}</p>
        {bridge ? (
          <Facts
            items={[
              [t('bridge'), maySeeBridges ? <Link to="/bridges">{bridge.name}</Link> : bridge.name],
              [t('bridgeId'), <code>{bridge.id}</code>],
              [t('bridgeState'), <ConnectionMark device={{ connection: bridge.connection, state: 'registered' }} />],
              [t('externalId'), bridge.externalId && <code>{bridge.externalId}</code>],
              [t('registered'), <SiteTime at={device.createdAt} />],
            ]}
          />
        ) : (
          <>
            <CopyLine name={t('desk:devices.userName')} value={device.id} />
            <CopyLine name={t('desk:devices.clientId')} value={device.id} />
            <CopyLine name={t('desk:devices.topic')} value={`sc/${device.domain}/${device.id}/telemetry`} />
            <CopyLine name={t('desk:devices.eventTopic')} value={`sc/${device.domain}/${device.id}/event`} />
            <Facts
              items={[
                [t('port'), site?.mqttPort],
                [t('secret'), t(device.state === 'retired' ? 'secretGone' : 'secretText')],
                [t('registered'), <SiteTime at={device.createdAt} />],
              ]}
            />
          </>
        )}
      </div>
    </Panel>
  );
}
