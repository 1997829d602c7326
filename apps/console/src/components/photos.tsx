import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/resources.js';

interface Photo {
  id: string;
  alt: string;
}

/** Small pictures; a press shows one as large as the screen allows. */
export function Photos({ photos, urlOf = api.attachmentUrl }: { photos: Photo[]; urlOf?: (id: string) => string }) {
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
            <img src={urlOf(photo.id)} loading="lazy" alt={photo.alt} />
          </button>
        ))}
      </div>
      <dialog ref={dialog} className="photo-large" aria-label={shown?.alt} onClose={() => setShown(undefined)}>
        {shown && <img src={urlOf(shown.id)} alt={shown.alt} />}
        <button type="button" onClick={() => dialog.current?.close()}>
          {t('close')}
        </button>
      </dialog>
    </>
  );
}
