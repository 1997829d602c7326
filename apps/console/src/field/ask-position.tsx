import { Button, Toast } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePositionChoice } from './position.js';

/** Asked once, where the first step is to be taken; what is said here holds until it is changed under "Me". */
export function AskPosition() {
  const { t } = useTranslation('field');
  const { choice, allow, refuse } = usePositionChoice();
  const [asking, setAsking] = useState(false);
  if (choice !== 'unasked') return null;
  const ask = async () => {
    setAsking(true);
    if (!(await allow())) Toast.show({ content: t('positionRefused'), duration: 4000 });
  };
  return (
    <section className="field-ask" aria-label={t('positionTitle')}>
      <strong>{t('positionTitle')}</strong>
      <p>{t('positionText')}</p>
      <div className="field-choices">
        <Button color="primary" fill="outline" loading={asking} onClick={() => void ask()}>
          {t('positionAllow')}
        </Button>
        <Button disabled={asking} onClick={refuse}>
          {t('positionNever')}
        </Button>
      </div>
    </section>
  );
}

/** The same choice among the settings of this phone. */
export function PositionSetting() {
  const { t } = useTranslation('field');
  const { choice, allow, refuse } = usePositionChoice();
  const isAllowed = choice === 'allowed';
  const change = async () => {
    if (isAllowed) refuse();
    else if (!(await allow())) Toast.show({ content: t('positionRefused'), duration: 4000 });
  };
  return (
    <div className="field-card">
      <div className="field-card-row">
        <span>{t('positionTitle')}</span>
        <Button size="small" aria-pressed={isAllowed} onClick={() => void change()}>
          {t(isAllowed ? 'positionStop' : 'positionAllow')}
        </Button>
      </div>
      <span className="muted">{t('positionText')}</span>
    </div>
  );
}
