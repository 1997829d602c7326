import { useMemo } from 'react';
import { useDomains } from '../../api/queries.js';
import { useText } from '../../lib/use-words.js';

/** Kinds of work that the program brings, to choose from; others of the catalogue are typed by their code. */
export function useKindsOfWork(): { value: string; label: string }[] {
  const domains = useDomains();
  const text = useText();
  return useMemo(
    () =>
      domains.flatMap(({ workOrders }) =>
        workOrders.map(({ category, title }) => ({ value: category, label: `${text(title)} (${category})` })),
      ),
    [domains, text],
  );
}
