import { useEffect, useMemo } from 'react';
import { shrinkPhoto } from '../field/photo.js';
import { useSettings } from './settings.js';

export function PhotoField({
  photos,
  most,
  onChange,
}: {
  photos: File[];
  most: number;
  onChange: (photos: File[]) => void;
}) {
  const { w } = useSettings();
  const urls = useMemo(() => photos.map((photo) => URL.createObjectURL(photo)), [photos]);
  useEffect(() => () => urls.forEach((url) => URL.revokeObjectURL(url)), [urls]);
  const add = async (files: FileList | null) => {
    const chosen = [...(files ?? [])].slice(0, most - photos.length);
    onChange([...photos, ...(await Promise.all(chosen.map(smaller)))]);
  };
  return (
    <div className="field" role="group" aria-label={w.photos}>
      <span className="label">{w.photos}</span>
      <div className="photos">
        {urls.map((url, n) => (
          <figure key={url}>
            <img src={url} alt={`${w.photoLabel} ${n + 1}`} />
            <button
              type="button"
              aria-label={`${w.removePhoto} ${n + 1}`}
              onClick={() => onChange(photos.filter((_, other) => other !== n))}
            >
              ×
            </button>
          </figure>
        ))}
        {photos.length < most && (
          <label className="add-photo">
            <input
              type="file"
              accept="image/*"
              multiple
              onChange={({ target }) => {
                void add(target.files);
                target.value = '';
              }}
            />
            + {w.addPhoto}
          </label>
        )}
      </div>
    </div>
  );
}

/** Where this browser cannot make it smaller it goes as it is: the platform removes what it says of its place too. */
async function smaller(file: File): Promise<File> {
  try {
    return new File([await shrinkPhoto(file)], 'photo.jpg', { type: 'image/jpeg' });
  } catch {
    return file;
  }
}
