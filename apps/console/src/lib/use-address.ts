import { useSearchParams } from 'react-router';

/** What is looked at stands in the address, so that it can be kept and given to others. `change` leaves the rest as it is. */
export function useAddress(): {
  params: URLSearchParams;
  change: (changes: Readonly<Record<string, string | undefined>>) => void;
} {
  const [params, setParams] = useSearchParams();
  const change = (changes: Readonly<Record<string, string | undefined>>) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        for (const [name, value] of Object.entries(changes))
          if (value) next.set(name, value);
          else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return { params, change };
}
