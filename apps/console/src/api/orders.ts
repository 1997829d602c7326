import {
  areaSchema,
  type AttachmentFields,
  attachmentSchema,
  notificationSchema,
  pageOf,
  type PersonWorkOrderAction,
  type WorkOrderActionRequest,
  workOrderDetailSchema,
  type WorkOrderQuery,
  workOrderSchema,
} from '@sc/contracts';
import { z } from 'zod';
import { answer, apiUrl, done, formOf, http, patient } from './client.js';

type Signal = { signal?: AbortSignal };
const areaList = z.object({ items: z.array(areaSchema) });
const workOrderPage = pageOf(workOrderSchema);
const notificationPage = pageOf(notificationSchema);

/** Orders, where they are, and what people are told: all that a phone needs to show its list. */
export const ordersApi = {
  areas: ({ signal }: Signal) => answer(areaList, http.GET('/areas', { signal })),
  workOrders: (query: Partial<WorkOrderQuery>, { signal }: Signal) =>
    answer(workOrderPage, http.GET('/work-orders', { params: { query }, signal })),
  workOrder: (id: string, { signal }: Signal) =>
    answer(workOrderDetailSchema, http.GET('/work-orders/{id}', { params: { path: { id } }, signal })),
  actOnWorkOrder: (id: string, action: PersonWorkOrderAction, body: WorkOrderActionRequest) =>
    answer(workOrderDetailSchema, http.POST('/work-orders/{id}/{action}', { params: { path: { id, action } }, body })),
  /** Photos travel over bad networks: they get two minutes. */
  attach: (id: string, photo: Blob, fields: AttachmentFields) =>
    answer(
      attachmentSchema,
      http.POST('/work-orders/{id}/attachments', {
        params: { path: { id } },
        // The file last: what stands behind it is not read.
        body: { ...fields, file: photo },
        bodySerializer: formOf,
        fetch: patient(120_000),
      }),
    ),
  attachmentUrl: (id: string) => apiUrl('/attachments/{id}', { path: { id } }),
  thumbnailUrl: (id: string) => apiUrl('/attachments/{id}/thumbnail', { path: { id } }),

  notifications: ({ signal }: Signal) =>
    answer(notificationPage, http.GET('/notifications', { params: { query: { limit: 50 } }, signal })),
  readNotification: (id: string) => done(http.POST('/notifications/{id}/read', { params: { path: { id } } })),
};
