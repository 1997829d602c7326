import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LocaleSwitch } from '../app/locale-switch.js';
import { NotificationsDialog } from '../app/notifications-dialog.js';
import { PasswordDialog } from '../app/password-dialog.js';
import { useLogout, usePerson } from '../app/session.js';
import { setTheme, useTheme } from '../app/theme.js';
import { PositionSetting } from './ask-position.js';
import { forgetCopies } from './outbox-db.js';
import { useOutbox } from './outbox.js';

export function FieldMePage() {
  const { t } = useTranslation(['field', 'words', 'app', 'site', 'channels']);
  const person = usePerson();
  const logout = useLogout();
  const theme = useTheme();
  const { items } = useOutbox();
  const [changing, setChanging] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const next = theme === 'dark' ? 'light' : 'dark';
  return (
    <>
      <h1 className="field-title">{t('me')}</h1>
      <div className="field-cards">
        <div className="field-card">
          <span className="muted">{t('signedInAs')}</span>
          <strong>{person.name}</strong>
          <span>{t(`words:role.${person.role}`)}</span>
        </div>
        <div className="field-card field-card-row">
          <span>{t('app:language')}</span>
          <LocaleSwitch />
        </div>
        <PositionSetting />
      </div>
      <div className="field-actions">
        <Link className="field-button" to="/field/figures">
          {t('figures')}
        </Link>
        <Button block size="large" onClick={() => setTheme(next)}>
          {t(`app:theme.${next}`)}
        </Button>
        <Button block size="large" onClick={() => setChoosing(true)}>
          {t('channels:own.title')}
        </Button>
        <Button block size="large" onClick={() => setChanging(true)}>
          {t('site:password.title')}
        </Button>
        {items.length > 0 && <p className="field-pending">{t('waitingAtLogout')}</p>}
        <Button block size="large" color="danger" fill="outline" onClick={() => void forgetCopies().then(logout)}>
          {t('app:logout')}
        </Button>
      </div>
      {choosing && <NotificationsDialog onClose={() => setChoosing(false)} />}
      {changing && <PasswordDialog onClose={() => setChanging(false)} />}
    </>
  );
}
