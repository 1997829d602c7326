import { type ChainStep, escalationChainsSchema, type Severity } from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { answer, done, http } from './client.js';

/** Who is asked next while nobody accepts an order. */
export const escalationApi = {
  at: (areaId: string, { signal }: { signal?: AbortSignal }) =>
    answer(escalationChainsSchema, http.GET('/escalation-chains', { params: { query: { areaId } }, signal })),
  set: (areaId: string, severity: Severity, steps: ChainStep[]) =>
    answer(
      escalationChainsSchema,
      http.PUT('/escalation-chains/{areaId}/{severity}', { params: { path: { areaId, severity } }, body: { steps } }),
    ),
  reset: (areaId: string, severity: Severity) =>
    done(http.DELETE('/escalation-chains/{areaId}/{severity}', { params: { path: { areaId, severity } } })),
};

export const escalationKey = ['escalation'] as const;
export const chainsQuery = (areaId: string) =>
  queryOptions({ queryKey: [...escalationKey, areaId], queryFn: (c) => escalationApi.at(areaId, c) });
