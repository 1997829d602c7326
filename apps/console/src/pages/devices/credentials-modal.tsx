import { formatTopic, type DeviceCredentials } from '@sc/contracts';
import { CopyOutlined } from '@ant-design/icons';
import { Alert, App, Button, Modal } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  credentials: DeviceCredentials;
  onClose: () => void;
}

/** The only time the secret is seen: it is not kept in any query and is gone with this window. */
export function CredentialsModal({ credentials, onClose }: Props) {
  const { t } = useTranslation('desk');
  const { device, userName, secret } = credentials;
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
        <CopyLine
          name={t('devices.topic')}
          value={formatTopic({ domain: device.domain, deviceId: device.id, channel: 'telemetry' })}
        />
      </div>
    </Modal>
  );
}

function CopyLine({ name, value }: { name: string; value: string }) {
  const { t } = useTranslation('app');
  const { message } = App.useApp();
  const field = useRef<HTMLElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Plain HTTP has no clipboard API: select the text and use the old way.
      const range = document.createRange();
      if (field.current) range.selectNodeContents(field.current);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
      document.execCommand('copy');
    }
    void message.success(t('copied'));
  };
  return (
    <div>
      <div className="muted">{name}</div>
      <div className="copy-line">
        <code ref={field}>{value}</code>
        <Button size="small" icon={<CopyOutlined />} aria-label={`${t('copy')}: ${name}`} onClick={() => void copy()}>
          {t('copy')}
        </Button>
      </div>
    </div>
  );
}
