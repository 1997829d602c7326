import { formatTopic, type DeviceCredentials } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { siteQuery } from '../../api/queries.js';
import { CopyLine } from '../../components/copy-line.js';

interface Props {
  credentials: DeviceCredentials;
  onClose: () => void;
}

/** The only time the secret is seen: it is not kept in any query and is gone with this window. */
export function CredentialsModal({ credentials, onClose }: Props) {
  const { t } = useTranslation('desk');
  const { device, userName, secret } = credentials;
  const site = useQuery(siteQuery).data;
  const topic = (channel: 'telemetry' | 'event') =>
    formatTopic({ domain: device.domain, deviceId: device.id, channel });
  return (
    <Modal
      open
      title={`${t('devices.secretTitle')} · ${device.name}`}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('devices.secretDone')}
        </Button>
      }
    >
      <div className="stack">
        <Alert type="warning" showIcon title={t('devices.secretOnce')} />
        <CopyLine name={t('devices.userName')} value={userName} />
        <CopyLine name={t('devices.secret')} value={secret} />
        <CopyLine name={t('devices.clientId')} value={userName} />
        {site?.mqttPort && (
          <CopyLine
            name={t('devices.mqtt')}
            value={`mqtt://${site.addresses[0] ?? window.location.hostname}:${site.mqttPort}`}
          />
        )}
        <CopyLine name={t('devices.topic')} value={topic('telemetry')} />
        <CopyLine name={t('devices.eventTopic')} value={topic('event')} />
      </div>
    </Modal>
  );
}
