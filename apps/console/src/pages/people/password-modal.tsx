import type { PersonCredentials } from '@sc/contracts';
import { Alert, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyLine } from '../../components/copy-line.js';

/** The only time the password is seen: it is not kept in any query and is gone with this window. */
export function PasswordModal({ credentials, onClose }: { credentials: PersonCredentials; onClose: () => void }) {
  const { t } = useTranslation('site');
  const { person, password } = credentials;
  return (
    <Modal
      open
      title={`${t('people.passwordTitle')} · ${person.name}`}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('people.passwordDone')}
        </Button>
      }
    >
      <div className="stack">
        <Alert type="warning" showIcon title={t('people.passwordOnce')} />
        <CopyLine name={t('people.login')} value={person.login} />
        <CopyLine name={t('people.password')} value={password} />
      </div>
    </Modal>
  );
}
