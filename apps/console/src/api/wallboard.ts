import { pageOf, systemPulseSchema, workOrderSchema } from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { answer, http } from './client.js';
import { keys } from './keys.js';
import { openAlarmsQuery, sessionQuery } from './queries.js';

const orders = pageOf(workOrderSchema);
const againMs = 5_000;
/** The stream tells what is new; only after a failure nothing but asking again helps. */
const onlyAfterFailure = ({ state }: { state: { error: unknown } }): number | false => (state.error ? againMs : false);

export const wallAlarmsQuery = { ...openAlarmsQuery, refetchInterval: onlyAfterFailure };
/** The 200 whose time is over first. */
export const wallOrdersQuery = queryOptions({
  queryKey: keys.workOrders({ wall: true }),
  queryFn: ({ signal }) =>
    answer(orders, http.GET('/work-orders', { params: { query: { state: 'open', sort: 'due', limit: 200 } }, signal })),
  refetchInterval: onlyAfterFailure,
});
/** No event tells how the platform itself is. */
export const systemPulseQuery = queryOptions({
  queryKey: [...keys.system, 'pulse'],
  queryFn: ({ signal }) => answer(systemPulseSchema, http.GET('/system/pulse', { signal })),
  refetchInterval: 15_000,
});
/** Until when the board is logged in; a board that is cut off asks soon whether that is why. */
export const wallSessionQuery = (cutOff: boolean) => ({
  ...sessionQuery,
  refetchInterval: cutOff ? 10_000 : 5 * 60_000,
});
