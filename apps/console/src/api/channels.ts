import {
  channelSchema,
  channelTestSchema,
  type CreateChannel,
  type DeliveryQuery,
  deliverySchema,
  type NotificationPreferences,
  ownNotificationsSchema,
  ownPushSubscriptionSchema,
  pageOf,
  type PersonAddresses,
  personAddressesSchema,
  pushKeySchema,
  type PushSubscriptionRequest,
  type UpdateChannel,
} from '@sc/contracts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { command, request } from './client.js';

type Signal = { signal?: AbortSignal };
const channelPage = pageOf(channelSchema);
const deliveryPage = pageOf(deliverySchema);
/** A channel that is tested waits for other programs. */
const testTimeoutMs = 40_000;

/** How people are told outside the console, and what each decides about it. */
export const channelsApi = {
  list: ({ signal }: Signal) => request(channelPage, '/channels', { signal }),
  create: (body: Omit<CreateChannel, 'enabled'>) => request(channelSchema, '/channels', { method: 'POST', body }),
  update: (id: string, body: UpdateChannel) => request(channelSchema, `/channels/${id}`, { method: 'PATCH', body }),
  remove: (id: string) => command(`/channels/${id}`, { method: 'DELETE' }),
  test: (id: string, address?: string) =>
    request(channelTestSchema, `/channels/${id}/test`, {
      method: 'POST',
      body: address ? { address } : {},
      timeoutMs: testTimeoutMs,
    }),
  deliveries: (query: Partial<DeliveryQuery>, { signal }: Signal) =>
    request(deliveryPage, '/deliveries', { query, signal }),
  replay: (id: string) => command(`/deliveries/${id}/replay`, { body: {} }),
  own: ({ signal }: Signal) => request(ownNotificationsSchema, '/notifications/preferences', { signal }),
  saveOwn: (body: NotificationPreferences) =>
    request(ownNotificationsSchema, '/notifications/preferences', { method: 'PUT', body }),
  addresses: ({ signal }: Signal) => request(personAddressesSchema, '/notifications/addresses', { signal }),
  saveAddresses: (body: PersonAddresses) =>
    request(personAddressesSchema, '/notifications/addresses', { method: 'PUT', body }),
  pushKey: () => request(pushKeySchema, '/notifications/push-key'),
  subscribe: (body: PushSubscriptionRequest) =>
    request(ownPushSubscriptionSchema, '/notifications/push-subscriptions', { method: 'POST', body }),
  unsubscribe: (endpoint: string) =>
    command('/notifications/push-subscriptions', { method: 'DELETE', body: { endpoint } }),
};

export const channelKeys = {
  all: ['channels'] as const,
  deliveries: ['deliveries'] as const,
  own: ['own-notifications'] as const,
  addresses: ['own-notifications', 'addresses'] as const,
};
export const channelsQuery = queryOptions({ queryKey: channelKeys.all, queryFn: (c) => channelsApi.list(c) });
/** Nothing tells of a delivery: looked at again. */
const deliveriesAgainMs = 10_000;
export const deliveriesQuery = (query: Partial<DeliveryQuery>) =>
  infiniteQueryOptions({
    queryKey: [...channelKeys.deliveries, query],
    queryFn: ({ pageParam, signal }) =>
      channelsApi.deliveries({ ...query, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: deliveriesAgainMs,
  });
export const ownNotificationsQuery = queryOptions({ queryKey: channelKeys.own, queryFn: (c) => channelsApi.own(c) });
export const ownAddressesQuery = queryOptions({
  queryKey: channelKeys.addresses,
  queryFn: (c) => channelsApi.addresses(c),
});
