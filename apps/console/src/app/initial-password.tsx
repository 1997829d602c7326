import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../api/session.js';
import { PasswordDialog } from './password-dialog.js';

const laterKey = 'sc.password.later';

/** Asks whoever logs in with a password that somebody else gave to change it; "later" lasts until the window closes. */
export function InitialPassword() {
  const { t } = useTranslation('site');
  // Only looks on: asking anew when it appears would, without a network, throw the gate back to "loading" for ever.
  const session = useQuery({ ...sessionQuery, refetchOnMount: false, retryOnMount: false });
  const initial = session.data?.passwordInitial ?? false;
  const [later, setLater] = useState(() => sessionStorage.getItem(laterKey) !== null);
  const [open, setOpen] = useState(false);
  const postpone = () => {
    sessionStorage.setItem(laterKey, '1');
    setLater(true);
  };
  return (
    <>
      {initial && !later && (
        <div className="notice" role="status">
          <span className="notice-text">{t('password.notice')}</span>
          <span className="notice-buttons">
            <button type="button" className="notice-button notice-button-go" onClick={() => setOpen(true)}>
              {t('password.title')}
            </button>
            <button type="button" className="notice-button" onClick={postpone}>
              {t('password.later')}
            </button>
          </span>
        </div>
      )}
      {open && <PasswordDialog onClose={() => setOpen(false)} />}
    </>
  );
}
