import { fleetProblems, fleetSorts, type FleetQuery } from '@sc/contracts';
import { useSearchParams } from 'react-router';

const shown = [...fleetProblems, 'any', 'none'] as const;

export type FleetFilter = Partial<Pick<FleetQuery, 'areaId' | 'domain' | 'q' | 'problem' | 'sort'>>;
type Name = 'area' | 'domain' | 'q' | 'problem' | 'sort';

/** What is looked at, as the address says it: so that it can be kept and given to others. */
export function useFleetFilter(): { filter: FleetFilter; set: (name: Name, value: string | undefined) => void } {
  const [params, setParams] = useSearchParams();
  const filter: FleetFilter = {
    areaId: params.get('area') ?? undefined,
    domain: params.get('domain') ?? undefined,
    q: params.get('q') ?? undefined,
    problem: shown.find((one) => one === params.get('problem')),
    sort: fleetSorts.find((one) => one === params.get('sort')),
  };
  const set = (name: Name, value: string | undefined) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return { filter, set };
}
