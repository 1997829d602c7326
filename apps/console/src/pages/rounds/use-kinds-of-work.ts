import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { catalogueQuery } from '../../api/catalogue.js';
import { useText } from '../../lib/use-words.js';

/** Kinds of work in use, to choose from; without the catalogue at hand they are typed by their code. */
export function useKindsOfWork(): { value: string; label: string }[] {
  const entries = useQuery(catalogueQuery).data?.items;
  const text = useText();
  return useMemo(
    () =>
      (entries ?? [])
        .filter(({ kind, state }) => kind === 'item' && state === 'active')
        .map(({ code, title }) => ({ value: code, label: `${text(title)} (${code})` })),
    [entries, text],
  );
}
