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
import { answer, done, http, patient } from './client.js';

type Signal = { signal?: AbortSignal };
const channelPage = pageOf(channelSchema);
const deliveryPage = pageOf(deliverySchema);
/** A channel that is tested waits for other programs. */
const testTimeoutMs = 40_000;

/** How people are told outside the console, and what each decides about it. */
export const channelsApi = {
  list: ({ signal }: Signal) => answer(channelPage, http.GET('/channels', { signal })),
  create: (body: Omit<CreateChannel, 'enabled'>) => answer(channelSchema, http.POST('/channels', { body })),
  update: (id: string, body: UpdateChannel) =>
    answer(channelSchema, http.PATCH('/channels/{id}', { params: { path: { id } }, body })),
  remove: (id: string) => done(http.DELETE('/channels/{id}', { params: { path: { id } } })),
  test: (id: string, address?: string) =>
    answer(
      channelTestSchema,
      http.POST('/channels/{id}/test', {
        params: { path: { id } },
        body: address ? { address } : {},
        fetch: patient(testTimeoutMs),
      }),
    ),
  deliveries: (query: Partial<DeliveryQuery>, { signal }: Signal) =>
    answer(deliveryPage, http.GET('/deliveries', { params: { query }, signal })),
  replay: (id: string) => done(http.POST('/deliveries/{id}/replay', { params: { path: { id } } })),
  own: ({ signal }: Signal) => answer(ownNotificationsSchema, http.GET('/notifications/preferences', { signal })),
  saveOwn: (body: NotificationPreferences) =>
    answer(ownNotificationsSchema, http.PUT('/notifications/preferences', { body })),
  addresses: ({ signal }: Signal) => answer(personAddressesSchema, http.GET('/notifications/addresses', { signal })),
  saveAddresses: (body: PersonAddresses) =>
    answer(personAddressesSchema, http.PUT('/notifications/addresses', { body })),
  pushKey: () => answer(pushKeySchema, http.GET('/notifications/push-key')),
  subscribe: (body: PushSubscriptionRequest) =>
    answer(ownPushSubscriptionSchema, http.POST('/notifications/push-subscriptions', { body })),
  unsubscribe: (endpoint: string) => done(http.DELETE('/notifications/push-subscriptions', { body: { endpoint } })),
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
