import { fleetProblems, fleetSorts, type FleetQuery } from '@sc/contracts';
import { useAddress } from '../../lib/use-address.js';

const shown = [...fleetProblems, 'any', 'none'] as const;

export type FleetFilter = Partial<Pick<FleetQuery, 'areaId' | 'domain' | 'q' | 'problem' | 'sort'>>;
type Name = 'area' | 'domain' | 'q' | 'problem' | 'sort';

/** Which devices, as the address says it. */
export function useFleetFilter(): { filter: FleetFilter; set: (name: Name, value: string | undefined) => void } {
  const { params, change } = useAddress();
  const filter: FleetFilter = {
    areaId: params.get('area') ?? undefined,
    domain: params.get('domain') ?? undefined,
    q: params.get('q') ?? undefined,
    problem: shown.find((one) => one === params.get('problem')),
    sort: fleetSorts.find((one) => one === params.get('sort')),
  };
  return { filter, set: (name, value) => change({ [name]: value }) };
}
