import {
  alarmLoadSchema,
  foldedAlarmsSchema,
  listedIncidentSchema,
  type AlarmLoadQuery,
  type createStaffingPlanSchema,
  type EvaluationQuery,
  evaluationSchema,
  staffingPlanSchema,
  type FoldKind,
  type MergeIncident,
  type SplitIncident,
  alarmDetailSchema,
  alarmMoveResultsSchema,
  alarmSchema,
  areaCalendarSchema,
  areaCalendarsSchema,
  areaSchema,
  type AttachmentFields,
  attachmentSchema,
  auditEntrySchema,
  auditVerificationSchema,
  backTestSchema,
  bridgeCredentialsSchema,
  bridgeSchema,
  deadLetterSchema,
  deviceCredentialsSchema,
  deviceDetailSchema,
  deviceSchema,
  domainSchema,
  exportSchema,
  importResultSchema,
  listedStaffSchema,
  incidentDetailSchema,
  notificationSchema,
  pageOf,
  personCredentialsSchema,
  personSchema,
  picturesSchema,
  readingsSchema,
  ruleDetailSchema,
  ruleVersionSchema,
  ruleViewSchema,
  sessionSchema,
  setupStateSchema,
  shiftSchema,
  siteSchema,
  staffSchema,
  systemSchema,
  type WorkOrderBoardQuery,
  workOrderBoardSchema,
  workOrderDetailSchema,
  workOrderSchema,
  type AlarmJudgement,
  type AlarmQuery,
  type ChangePassword,
  type CreateArea,
  type CreateBackTest,
  type CreateExport,
  type CreatePerson,
  type CreateRule,
  type CreateShifts,
  type RestoreRule,
  type SwitchRule,
  type UpdateRule,
  type DeadLetterQuery,
  type DeviceQuery,
  type ImportKind,
  type Login,
  type PersonWorkOrderAction,
  type RegisterBridge,
  type RegisterCamera,
  type RegisterDevice,
  type SaveCalendar,
  type Setup,
  type ShiftQuery,
  type UpdateArea,
  type UpdateDevice,
  type UpdatePerson,
  type UpdateShift,
  type WorkOrderActionRequest,
  type WorkOrderQuery,
  maintenanceWindowSchema,
  maintenanceWindowsSchema,
  outOfServiceListSchema,
  type CreateMaintenanceWindow,
  type MaintenanceQuery,
  type ShelveAlarm,
  type TakeOutOfService,
} from '@sc/contracts';
import { z } from 'zod';
import { apiUrl, command, request } from './client.js';

type Signal = { signal?: AbortSignal };
const allOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

const alarmPage = pageOf(alarmSchema);
const incidentPage = pageOf(listedIncidentSchema);
const workOrderPage = pageOf(workOrderSchema);
const devicePage = pageOf(deviceSchema);
const bridgePage = pageOf(bridgeSchema);
const notificationPage = pageOf(notificationSchema);
const exportPage = pageOf(exportSchema);
const backTestPage = pageOf(backTestSchema);
const staffingPlanPage = pageOf(staffingPlanSchema);
const deadLetterPage = pageOf(deadLetterSchema);
const auditPage = pageOf(auditEntrySchema);
const areaList = allOf(areaSchema);
const domainList = allOf(domainSchema);
const ruleList = allOf(ruleViewSchema);
const ruleVersionList = allOf(ruleVersionSchema);
const personList = allOf(personSchema);
const staffList = allOf(listedStaffSchema);
const shiftList = allOf(shiftSchema);

export const api = {
  login: (body: Login) => request(sessionSchema, '/session', { method: 'POST', body }),
  session: ({ signal }: Signal = {}) => request(sessionSchema, '/session', { signal }),
  changePassword: (body: ChangePassword) => command('/session/password', { method: 'PUT', body }),
  logout: () => command('/session', { method: 'DELETE' }),
  setup: ({ signal }: Signal) => request(setupStateSchema, '/setup', { signal }),
  setUp: (body: Setup) => request(sessionSchema, '/setup', { method: 'POST', body }),
  site: ({ signal }: Signal = {}) => request(siteSchema, '/site', { signal }),

  areas: ({ signal }: Signal) => request(areaList, '/areas', { signal }),
  createArea: (body: CreateArea) => request(areaSchema, '/areas', { method: 'POST', body }),
  updateArea: (id: string, body: UpdateArea) => request(areaSchema, `/areas/${id}`, { method: 'PATCH', body }),
  domains: ({ signal }: Signal) => request(domainList, '/domains', { signal }),
  rules: ({ signal }: Signal) => request(ruleList, '/rules', { signal }),
  rule: (id: string, { signal }: Signal) => request(ruleDetailSchema, `/rules/${id}`, { signal }),
  ruleVersions: (id: string, { signal }: Signal) => request(ruleVersionList, `/rules/${id}/versions`, { signal }),
  createRule: (body: CreateRule) => request(ruleDetailSchema, '/rules', { method: 'POST', body }),
  updateRule: (id: string, body: UpdateRule) => request(ruleDetailSchema, `/rules/${id}`, { method: 'PUT', body }),
  switchRule: (id: string, body: SwitchRule) =>
    request(ruleDetailSchema, `/rules/${id}/switch`, { method: 'POST', body }),
  restoreRule: (id: string, body: RestoreRule) =>
    request(ruleDetailSchema, `/rules/${id}/restore`, { method: 'POST', body }),
  removeRule: (id: string) => command(`/rules/${id}`, { method: 'DELETE' }),
  people: ({ signal }: Signal) => request(personList, '/people', { signal }),
  staff: ({ signal }: Signal) => request(staffList, '/people', { query: { state: 'all' }, signal }),
  createPerson: (body: CreatePerson) => request(personCredentialsSchema, '/people', { method: 'POST', body }),
  updatePerson: (id: string, body: UpdatePerson) => request(staffSchema, `/people/${id}`, { method: 'PATCH', body }),
  resetPassword: (id: string) =>
    request(personCredentialsSchema, `/people/${id}/password`, { method: 'POST', body: {} }),
  /** Thousands of lines take the platform some seconds. */
  importTable: (kind: ImportKind, file: Blob, preview: boolean) =>
    request(importResultSchema, `/imports/${kind}`, {
      method: 'POST',
      query: preview ? { preview } : {},
      body: new Blob([file], { type: 'text/csv' }),
      timeoutMs: 120_000,
    }),
  calendars: ({ signal }: Signal) => request(areaCalendarsSchema, '/calendars', { signal }),
  calendar: (areaId: string, { signal }: Signal) => request(areaCalendarSchema, `/calendars/${areaId}`, { signal }),
  saveCalendar: (areaId: string, body: SaveCalendar) =>
    request(areaCalendarSchema, `/calendars/${areaId}`, { method: 'PUT', body }),
  removeCalendar: (areaId: string) => request(areaCalendarSchema, `/calendars/${areaId}`, { method: 'DELETE' }),
  importCalendarDays: (areaId: string, file: Blob, preview: boolean) =>
    request(importResultSchema, `/calendars/${areaId}/days`, {
      method: 'POST',
      query: preview ? { preview } : {},
      body: new Blob([file], { type: 'text/csv' }),
    }),
  shifts: (query: ShiftQuery, { signal }: Signal) => request(shiftList, '/shifts', { query, signal }),
  addShifts: (body: CreateShifts) => request(shiftList, '/shifts', { method: 'POST', body }),
  updateShift: (id: string, body: UpdateShift) => request(shiftSchema, `/shifts/${id}`, { method: 'PATCH', body }),
  removeShift: (id: string) => command(`/shifts/${id}`, { method: 'DELETE' }),

  devices: (query: Partial<DeviceQuery>, { signal }: Signal) => request(devicePage, '/devices', { query, signal }),
  device: (id: string, { signal }: Signal) => request(deviceDetailSchema, `/devices/${id}`, { signal }),
  registerDevice: (body: RegisterDevice) => request(deviceCredentialsSchema, '/devices', { method: 'POST', body }),
  updateDevice: (id: string, body: UpdateDevice) => request(deviceSchema, `/devices/${id}`, { method: 'PATCH', body }),
  replaceDevice: (id: string, device: string) =>
    request(deviceCredentialsSchema, `/devices/${id}/replace`, { method: 'POST', body: { device } }),
  rotateSecret: (id: string) => request(deviceCredentialsSchema, `/devices/${id}/secret`, { method: 'POST', body: {} }),
  retireDevice: (id: string) => request(deviceSchema, `/devices/${id}/retire`, { method: 'POST', body: {} }),
  bridges: ({ signal }: Signal) => request(bridgePage, '/bridges', { signal }),
  registerBridge: (body: RegisterBridge) => request(bridgeCredentialsSchema, '/bridges', { method: 'POST', body }),
  registerCamera: (id: string, body: RegisterCamera) =>
    request(deviceSchema, `/bridges/${id}/cameras`, { method: 'POST', body }),
  rotateBridgeSecret: (id: string) =>
    request(bridgeCredentialsSchema, `/bridges/${id}/secret`, { method: 'POST', body: {} }),
  retireBridge: (id: string) => request(bridgeSchema, `/bridges/${id}/retire`, { method: 'POST', body: {} }),

  picturesOfAlarm: (id: string, { signal }: Signal) => request(picturesSchema, `/alarms/${id}/pictures`, { signal }),
  picturesOfDevice: (id: string, { signal }: Signal) => request(picturesSchema, `/devices/${id}/pictures`, { signal }),
  pictureUrl: (id: string) => `/api/v1/pictures/${id}`,
  readings: (
    query: {
      deviceId: string;
      metric: string;
      from: string;
      to: string;
      windowMs?: number;
      aggregate?: string;
      limit?: number;
    },
    { signal }: Signal,
  ) => request(readingsSchema, '/readings', { query, signal }),

  alarms: (query: Partial<AlarmQuery>, { signal }: Signal) => request(alarmPage, '/alarms', { query, signal }),
  alarm: (id: string, { signal }: Signal) => request(alarmDetailSchema, `/alarms/${id}`, { signal }),
  acknowledgeAlarm: (id: string, note: string | undefined) =>
    request(alarmSchema, `/alarms/${id}/acknowledge`, { method: 'POST', body: note ? { note } : {} }),
  acknowledgeAlarms: (ids: string[]) =>
    request(alarmMoveResultsSchema, '/alarms/acknowledge', { method: 'POST', body: { ids } }),
  commentAlarm: (id: string, note: string) =>
    request(alarmSchema, `/alarms/${id}/comment`, { method: 'POST', body: { note } }),
  assignAlarm: (id: string, personId: string | null) =>
    request(alarmSchema, `/alarms/${id}/assign`, { method: 'POST', body: { personId } }),
  shelveAlarm: (id: string, body: ShelveAlarm) =>
    request(alarmSchema, `/alarms/${id}/shelve`, { method: 'POST', body }),
  unshelveAlarm: (id: string) => request(alarmSchema, `/alarms/${id}/unshelve`, { method: 'POST', body: {} }),
  judgeAlarm: (id: string, judgement: AlarmJudgement | null) =>
    request(alarmSchema, `/alarms/${id}/judge`, { method: 'POST', body: { judgement } }),
  maintenanceWindows: (query: Partial<MaintenanceQuery>, { signal }: Signal) =>
    request(maintenanceWindowsSchema, '/maintenance-windows', { query, signal }),
  createMaintenanceWindow: (body: CreateMaintenanceWindow) =>
    request(maintenanceWindowSchema, '/maintenance-windows', { method: 'POST', body }),
  endMaintenanceWindow: (id: string) =>
    request(maintenanceWindowSchema, `/maintenance-windows/${id}/end`, { method: 'POST', body: {} }),
  outOfService: ({ signal }: Signal) => request(outOfServiceListSchema, '/out-of-service', { signal }),
  takeOutOfService: (body: TakeOutOfService) => command('/out-of-service', { body }),
  returnToService: (id: string) => command(`/out-of-service/${id}/return`, { body: {} }),
  foldedAlarms: (by: FoldKind, { signal }: Signal) =>
    request(foldedAlarmsSchema, '/alarms/groups', { query: { by }, signal }),
  /** A month of a large site takes the platform some seconds. */
  alarmLoad: (query: AlarmLoadQuery, { signal }: Signal) =>
    request(alarmLoadSchema, '/alarm-load', { query, signal, timeoutMs: 60_000 }),
  alarmLoadCsvUrl: (query: { areaId: string; from: string; to: string }) =>
    `/api/v1/alarm-load/csv?${new URLSearchParams(query).toString()}`,
  evaluation: (query: EvaluationQuery, { signal }: Signal) =>
    request(evaluationSchema, '/evaluation', { query, signal, timeoutMs: 60_000 }),
  evaluationCsvUrl: (query: EvaluationQuery) => apiUrl('/evaluation/csv', query),
  staffingPlans: ({ signal }: Signal) => request(staffingPlanPage, '/staffing-plans', { signal }),
  staffingPlan: (id: string, { signal }: Signal) => request(staffingPlanSchema, `/staffing-plans/${id}`, { signal }),
  createStaffingPlan: (body: z.input<typeof createStaffingPlanSchema>) =>
    request(staffingPlanSchema, '/staffing-plans', { method: 'POST', body }),
  removeStaffingPlan: (id: string) => command(`/staffing-plans/${id}`, { method: 'DELETE' }),
  incident: (id: string, { signal }: Signal) => request(incidentDetailSchema, `/incidents/${id}`, { signal }),
  mergeableIncidents: (id: string, { signal }: Signal) =>
    request(incidentPage, '/incidents', { query: { mergeableWith: id, limit: 100 }, signal }),
  splitIncident: (id: string, body: SplitIncident) =>
    request(incidentDetailSchema, `/incidents/${id}/split`, { method: 'POST', body }),
  mergeIncident: (id: string, body: MergeIncident) =>
    request(incidentDetailSchema, `/incidents/${id}/merge`, { method: 'POST', body }),

  workOrders: (query: Partial<WorkOrderQuery>, { signal }: Signal) =>
    request(workOrderPage, '/work-orders', { query, signal }),
  orderBoard: (query: Partial<WorkOrderBoardQuery>, { signal }: Signal) =>
    request(workOrderBoardSchema, '/work-orders/board', { query, signal }),
  workOrder: (id: string, { signal }: Signal) => request(workOrderDetailSchema, `/work-orders/${id}`, { signal }),
  actOnWorkOrder: (id: string, action: PersonWorkOrderAction, body: WorkOrderActionRequest) =>
    request(workOrderDetailSchema, `/work-orders/${id}/${action}`, { method: 'POST', body }),
  /** Photos travel over bad networks: they get two minutes. */
  attach: (id: string, photo: Blob, fields: AttachmentFields) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, String(value));
    // Last: what stands behind the file is not read.
    form.append('file', photo, 'file');
    return request(attachmentSchema, `/work-orders/${id}/attachments`, {
      method: 'POST',
      body: form,
      timeoutMs: 120_000,
    });
  },
  attachmentUrl: (id: string) => `/api/v1/attachments/${id}`,
  thumbnailUrl: (id: string) => `/api/v1/attachments/${id}/thumbnail`,

  notifications: ({ signal }: Signal) => request(notificationPage, '/notifications', { query: { limit: 50 }, signal }),
  readNotification: (id: string) => command(`/notifications/${id}/read`),

  deadLetters: (query: Partial<DeadLetterQuery>, { signal }: Signal) =>
    request(deadLetterPage, '/dead-letters', { query, signal }),
  replayDeadLetter: (id: string) => command(`/dead-letters/${id}/replay`),
  audit: (query: { cursor?: string; limit?: number }, { signal }: Signal) =>
    request(auditPage, '/audit', { query, signal }),
  exports: ({ signal }: Signal) => request(exportPage, '/exports', { signal }),
  createExport: (body: CreateExport) => request(exportSchema, '/exports', { method: 'POST', body }),
  removeExport: (id: string) => command(`/exports/${id}`, { method: 'DELETE' }),
  exportUrl: (id: string) => `/api/v1/exports/${id}/file`,
  backTests: ({ signal }: Signal) => request(backTestPage, '/back-tests', { signal }),
  backTest: (id: string, { signal }: Signal) => request(backTestSchema, `/back-tests/${id}`, { signal }),
  createBackTest: (body: CreateBackTest) => request(backTestSchema, '/back-tests', { method: 'POST', body }),
  removeBackTest: (id: string) => command(`/back-tests/${id}`, { method: 'DELETE' }),
  system: ({ signal }: Signal) => request(systemSchema, '/system', { signal }),
  verifyAudit: () => request(auditVerificationSchema, '/audit/verification', { timeoutMs: 60_000 }),
};
