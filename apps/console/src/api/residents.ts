import {
  type Announcement,
  announcementSchema,
  orderResidentsSchema,
  pageOf,
  residentPhoneSchema,
  residentPlaceCodeSchema,
  type TellResidents,
  type WriteAnnouncement,
  type WriteResidentPlace,
} from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { answer, done, http } from './client.js';
import { keys } from './keys.js';

export const residentKeys = {
  places: ['resident-places'] as const,
  announcements: ['announcements'] as const,
  /** Below the order, so that what makes it stale makes this stale. */
  ofOrder: (id: string) => [...keys.workOrder(id), 'residents'] as const,
};

export const residentsApi = {
  writePlace: (areaId: string, body: WriteResidentPlace) =>
    answer(residentPlaceCodeSchema, http.PUT('/resident-places/{areaId}', { params: { path: { areaId } }, body })),
  tell: (orderId: string, body: TellResidents) =>
    answer(
      orderResidentsSchema,
      http.POST('/work-orders/{id}/residents/messages', { params: { path: { id: orderId } }, body }),
    ),
  seen: (orderId: string, until: string) =>
    answer(
      orderResidentsSchema,
      http.PUT('/work-orders/{id}/residents/seen', { params: { path: { id: orderId } }, body: { until } }),
    ),
  phone: (orderId: string, linkId: string) =>
    answer(
      residentPhoneSchema,
      http.POST('/work-orders/{id}/residents/{linkId}/phone', { params: { path: { id: orderId, linkId } } }),
    ),
  publish: (orderId: string, attachmentId: string, isPublic: boolean) =>
    answer(
      orderResidentsSchema,
      http.PUT('/work-orders/{id}/residents/photos/{attachmentId}', {
        params: { path: { id: orderId, attachmentId } },
        body: { public: isPublic },
      }),
    ),
  writeAnnouncement: (id: Announcement['id'] | undefined, body: WriteAnnouncement) =>
    answer(
      announcementSchema,
      id ? http.PUT('/announcements/{id}', { params: { path: { id } }, body }) : http.POST('/announcements', { body }),
    ),
  removeAnnouncement: (id: string) => done(http.DELETE('/announcements/{id}', { params: { path: { id } } })),
};

export const residentPlacesQuery = queryOptions({
  queryKey: residentKeys.places,
  queryFn: ({ signal }) => answer(pageOf(residentPlaceCodeSchema), http.GET('/resident-places', { signal })),
});
export const announcementsQuery = queryOptions({
  queryKey: residentKeys.announcements,
  queryFn: ({ signal }) => answer(pageOf(announcementSchema), http.GET('/announcements', { signal })),
});
export const orderResidentsQuery = (orderId: string) =>
  queryOptions({
    queryKey: residentKeys.ofOrder(orderId),
    queryFn: ({ signal }) =>
      answer(
        orderResidentsSchema,
        http.GET('/work-orders/{id}/residents', { params: { path: { id: orderId } }, signal }),
      ),
  });
