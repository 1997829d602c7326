import {
  type DeviceDetail,
  deviceDetailSchema,
  type Evaluation,
  type EvaluationQuery,
  evaluationSchema,
  type OrderResidents,
  orderResidentsSchema,
} from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { answer, http } from '../api/client.js';
import { keys } from '../api/keys.js';
import { lookUpApi } from '../api/look-ups.js';
import { type Cached, shownBy, withCopy } from './cached.js';
import { phoneKeys } from './learn.js';

/** Apart from cached.ts: what only pages behind the first one ask. */
export const fieldDeviceQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.device(id), 'field'],
    queryFn: (context): Promise<Cached<DeviceDetail>> =>
      withCopy(deviceDetailSchema, `device/${id}`, () => lookUpApi.device(id, context), shownBy(context)),
    retry: false,
  });

/** One's own figures: the copy is of the same period, or none. */
export const fieldFiguresQuery = (personId: string, query: EvaluationQuery) =>
  queryOptions({
    queryKey: [...keys.evaluation(query), 'field', personId],
    queryFn: ({ signal }): Promise<Cached<Evaluation>> =>
      withCopy(evaluationSchema, `figures/${personId}/${query.from}`, () => lookUpApi.evaluation(query, { signal })),
    staleTime: 5 * 60_000,
    retry: false,
  });

export const fieldResidentsQuery = (orderId: string) =>
  queryOptions({
    queryKey: phoneKeys.residents(orderId),
    queryFn: (context): Promise<Cached<OrderResidents>> =>
      withCopy(
        orderResidentsSchema,
        `residents/${orderId}`,
        () =>
          answer(
            orderResidentsSchema,
            http.GET('/work-orders/{id}/residents', { params: { path: { id: orderId } }, signal: context.signal }),
          ),
        shownBy(context),
      ),
    retry: false,
  });
