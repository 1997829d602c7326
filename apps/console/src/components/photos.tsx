import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/resources.js';

interface Photo {
  id: string;
  alt: string;
}

/** Small pictures; a press shows one as large as the screen allows. */
export function Photos({ photos }: { photos: Photo[] }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [shown, setShown] = useState<Photo>();
  const open = (photo: Photo) => {
    setShown(photo);
    dialog.current?.showModal();
  };
  return (
    <>
      <div className="photos">
        {photos.map((photo) => (
          <button key={photo.id} type="button" className="photo-small" onClick={() => open(photo)}>
            <img src={api.attachmentUrl(photo.id)} loading="lazy" alt={photo.alt} />
          </button>
        ))}
      </div>
      <dialog ref={dialog} className="photo-large" aria-label={shown?.alt} onClose={() => setShown(undefined)}>
        {shown && <img src={api.attachmentUrl(shown.id)} alt={shown.alt} />}
        <button type="button" onClick={() => dialog.current?.close()}>
          {t('close')}
        </button>
      </dialog>
    </>
  );
}
