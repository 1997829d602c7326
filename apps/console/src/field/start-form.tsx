import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stepForm } from './drafts-of.js';
import { TakePhotos, type TakenPhoto } from './take-photos.js';
import { useDraft } from './use-draft.js';

interface Props {
  orderId: string;
  /** The report will need a photo of how it was, and there is none yet. */
  wantsBefore: boolean;
  busy: boolean;
  onStart: (photos: TakenPhoto[]) => void;
}

/** Begins the work. A photo of before is offered, never demanded here: what is urgent is done first. */
export function StartForm({ orderId, wantsBefore, busy, onStart }: Props) {
  const { t } = useTranslation('field');
  const [photos, setPhotos] = useDraft<TakenPhoto[]>(stepForm(orderId, 'start'), 'before', []);
  const [reading, setReading] = useState(false);
  return (
    <>
      {wantsBefore && (
        <div className="field-report">
          <TakePhotos
            kind="before"
            label={t('before')}
            photos={photos}
            most={3}
            onChange={setPhotos}
            onReading={setReading}
          />
          <p className="muted">{t('beforeHint')}</p>
        </div>
      )}
      <Button block color="primary" size="large" loading={busy} disabled={reading} onClick={() => onStart(photos)}>
        {t('start')}
      </Button>
    </>
  );
}
