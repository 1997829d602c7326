import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ordersApi } from '../api/orders.js';

interface Photo {
  id: string;
  alt: string;
  /** Stands below it, small and large. */
  caption?: string;
}
interface Props {
  photos: Photo[];
  urlOf?: (id: string) => string;
  smallUrlOf?: (id: string) => string;
}

/** Small pictures; a press shows one as large as the screen allows. */
export function Photos({ photos, urlOf = ordersApi.attachmentUrl, smallUrlOf }: Props) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [shown, setShown] = useState<Photo>();
  /** A voice note of a step, or a file whose time is over: there is no picture to show. */
  const [absent, setAbsent] = useState<readonly string[]>([]);
  const small = smallUrlOf ?? (urlOf === ordersApi.attachmentUrl ? ordersApi.thumbnailUrl : urlOf);
  const open = (photo: Photo) => {
    setShown(photo);
    dialog.current?.showModal();
  };
  return (
    <>
      <div className="photos">
        {photos
          .filter(({ id }) => !absent.includes(id))
          .map((photo) => (
            <button key={photo.id} type="button" className="photo-small" onClick={() => open(photo)}>
              <img
                src={small(photo.id)}
                loading="lazy"
                alt={photo.alt}
                onError={() => setAbsent((ids) => [...ids, photo.id])}
              />
              {photo.caption && <span className="photo-caption">{photo.caption}</span>}
            </button>
          ))}
      </div>
      <dialog ref={dialog} className="photo-large" aria-label={shown?.alt} onClose={() => setShown(undefined)}>
        {shown && <img src={urlOf(shown.id)} alt={shown.alt} />}
        {shown?.caption && <p className="photo-caption">{shown.caption}</p>}
        <button type="button" onClick={() => dialog.current?.close()}>
          {t('close')}
        </button>
      </dialog>
    </>
  );
}
