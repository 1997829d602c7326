import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Entrance } from '../../app/session.js';
import '../../styles/wall.css';

/** In place of the board when its login has ended: in letters for the whole room, before the form for one. */
export function WallEnded() {
  const { t } = useTranslation('wall');
  const [entering, setEntering] = useState(false);
  if (entering) return <Entrance />;
  return (
    <main className="wall wall-ended" role="alert">
      <strong>{t('ended.title')}</strong>
      <p>{t('ended.text')}</p>
      <button type="button" autoFocus onClick={() => setEntering(true)}>
        {t('ended.login')}
      </button>
    </main>
  );
}
