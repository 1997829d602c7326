import { useCallback, useEffect, useRef, useState } from 'react';
import { usePerson } from '../app/session.js';
import { fieldDb } from './outbox-db.js';

/** Everything of one form begins with this; kept per person, since phones are shared. */
export const draftKey = (personId: string, form: string): string => `${personId}/${form}/`;

/**
 * A part of a form, kept on the phone at every change. Opening the camera may end the page, a battery may be empty: what was
 * written and taken is there again. It goes when the form is handed to the outbox, in the same transaction.
 */
export function useDraft<T>(form: string, part: string, empty: T): [T, (change: (old: T) => T) => void] {
  const key = `${draftKey(usePerson().id, form)}${part}`;
  const [value, setValue] = useState(empty);
  const latest = useRef(empty);
  const touched = useRef(false);
  useEffect(() => {
    let isHere = true;
    void fieldDb.drafts
      .get(key)
      .catch(() => undefined)
      .then((kept) => {
        if (!isHere || !kept || touched.current) return;
        latest.current = kept.value as T;
        setValue(kept.value as T);
      });
    return () => {
      isHere = false;
    };
  }, [key]);
  const change = useCallback(
    (how: (old: T) => T) => {
      touched.current = true;
      latest.current = how(latest.current);
      setValue(latest.current);
      void fieldDb.drafts.put({ key, savedAt: Date.now(), value: latest.current }).catch(() => undefined);
    },
    [key],
  );
  return [value, change];
}
