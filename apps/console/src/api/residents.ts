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
import { command, request } from './client.js';
import { keys } from './keys.js';

export const residentKeys = {
  places: ['resident-places'] as const,
  announcements: ['announcements'] as const,
  /** Below the order, so that what makes it stale makes this stale. */
  ofOrder: (id: string) => [...keys.workOrder(id), 'residents'] as const,
};
const of = (orderId: string) => `/work-orders/${orderId}/residents`;

export const residentsApi = {
  writePlace: (areaId: string, body: WriteResidentPlace) =>
    request(residentPlaceCodeSchema, `/resident-places/${areaId}`, { method: 'PUT', body }),
  tell: (orderId: string, body: TellResidents) =>
    request(orderResidentsSchema, `${of(orderId)}/messages`, { method: 'POST', body }),
  phone: (orderId: string, linkId: string) =>
    request(residentPhoneSchema, `${of(orderId)}/${linkId}/phone`, { method: 'POST' }),
  publish: (orderId: string, attachmentId: string, isPublic: boolean) =>
    request(orderResidentsSchema, `${of(orderId)}/photos/${attachmentId}`, {
      method: 'PUT',
      body: { public: isPublic },
    }),
  writeAnnouncement: (id: Announcement['id'] | undefined, body: WriteAnnouncement) =>
    request(announcementSchema, id ? `/announcements/${id}` : '/announcements', { method: id ? 'PUT' : 'POST', body }),
  removeAnnouncement: (id: string) => command(`/announcements/${id}`, { method: 'DELETE' }),
};

export const residentPlacesQuery = queryOptions({
  queryKey: residentKeys.places,
  queryFn: ({ signal }) => request(pageOf(residentPlaceCodeSchema), '/resident-places', { signal }),
});
export const announcementsQuery = queryOptions({
  queryKey: residentKeys.announcements,
  queryFn: ({ signal }) => request(pageOf(announcementSchema), '/announcements', { signal }),
});
export const orderResidentsQuery = (orderId: string) =>
  queryOptions({
    queryKey: residentKeys.ofOrder(orderId),
    queryFn: ({ signal }) => request(orderResidentsSchema, of(orderId), { signal }),
  });
