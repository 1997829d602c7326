import { type ChainStep, escalationChainsSchema, type Severity } from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { command, request } from './client.js';

/** Who is asked next while nobody accepts an order. */
export const escalationApi = {
  at: (areaId: string, { signal }: { signal?: AbortSignal }) =>
    request(escalationChainsSchema, '/escalation-chains', { query: { areaId }, signal }),
  set: (areaId: string, severity: Severity, steps: ChainStep[]) =>
    request(escalationChainsSchema, `/escalation-chains/${areaId}/${severity}`, { method: 'PUT', body: { steps } }),
  reset: (areaId: string, severity: Severity) =>
    command(`/escalation-chains/${areaId}/${severity}`, { method: 'DELETE' }),
};

export const escalationKey = ['escalation'] as const;
export const chainsQuery = (areaId: string) =>
  queryOptions({ queryKey: [...escalationKey, areaId], queryFn: (c) => escalationApi.at(areaId, c) });
