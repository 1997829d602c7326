import {
  alarmLoadSchema,
  foldedAlarmsSchema,
  listedIncidentSchema,
  type AlarmLoadQuery,
  type createStaffingPlanSchema,
  type EvaluationQuery,
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
  auditEntrySchema,
  type AuditQuery,
  auditVerificationSchema,
  backTestSchema,
  bridgeCredentialsSchema,
  bridgeSchema,
  deadLetterSchema,
  deviceCredentialsSchema,
  deviceSchema,
  exportSchema,
  type FleetQuery,
  fleetSchema,
  historySchema,
  type HistoryQuery,
  type IncidentQuery,
  type OutOfServiceQuery,
  importResultSchema,
  listedStaffSchema,
  incidentDetailSchema,
  pageOf,
  personCredentialsSchema,
  personSchema,
  readingsSchema,
  ruleDetailSchema,
  ruleVersionSchema,
  ruleViewSchema,
  shiftSchema,
  staffSchema,
  systemSchema,
  type WorkOrderBoardQuery,
  workOrderBoardSchema,
  type AlarmJudgement,
  type aggregateSchema,
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
  type RegisterBridge,
  type RegisterCamera,
  type RegisterDevice,
  type SaveCalendar,
  type ShiftQuery,
  type UpdateArea,
  type UpdateDevice,
  type UpdatePerson,
  type UpdateShift,
  maintenanceWindowSchema,
  maintenanceWindowsSchema,
  outOfServiceListSchema,
  type CreateMaintenanceWindow,
  type MaintenanceQuery,
  type ShelveAlarm,
  type TakeOutOfService,
} from '@sc/contracts';
import { z } from 'zod';
import { answer, apiUrl, done, fileBody, http, patient } from './client.js';
import { lookUpApi } from './look-ups.js';
import { ordersApi } from './orders.js';
import { sessionApi } from './session.js';

/** Tables that are sent to a place of their own. */
export type TableKind = Exclude<ImportKind, 'calendar-days'>;
type Signal = { signal?: AbortSignal };
const allOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

const incidentPage = pageOf(listedIncidentSchema);
const devicePage = pageOf(deviceSchema);
const bridgePage = pageOf(bridgeSchema);
const exportPage = pageOf(exportSchema);
const backTestPage = pageOf(backTestSchema);
const staffingPlanPage = pageOf(staffingPlanSchema);
const deadLetterPage = pageOf(deadLetterSchema);
const auditPage = pageOf(auditEntrySchema);
const ruleList = allOf(ruleViewSchema);
const ruleVersionList = allOf(ruleVersionSchema);
const personList = allOf(personSchema);
const staffList = allOf(listedStaffSchema);
const shiftList = allOf(shiftSchema);

/** `{community}/{name}`, as devices and bridges are called. */
function partsOf(id: string): [community: string, name: string] {
  const [community = '', name = ''] = id.split('/');
  return [community, name];
}
const deviceAt = (id: string) => {
  const [community, device] = partsOf(id);
  return { path: { community, device } };
};
const bridgeAt = (id: string) => {
  const [community, bridge] = partsOf(id);
  return { path: { community, bridge } };
};

export const api = {
  ...sessionApi,
  ...ordersApi,
  ...lookUpApi,

  createArea: (body: CreateArea) => answer(areaSchema, http.POST('/areas', { body })),
  updateArea: (id: string, body: UpdateArea) =>
    answer(areaSchema, http.PATCH('/areas/{id}', { params: { path: { id } }, body })),
  rules: ({ signal }: Signal) => answer(ruleList, http.GET('/rules', { signal })),
  rule: (id: string, { signal }: Signal) =>
    answer(ruleDetailSchema, http.GET('/rules/{id}', { params: { path: { id } }, signal })),
  ruleVersions: (id: string, { signal }: Signal) =>
    answer(ruleVersionList, http.GET('/rules/{id}/versions', { params: { path: { id } }, signal })),
  createRule: (body: CreateRule) => answer(ruleDetailSchema, http.POST('/rules', { body })),
  updateRule: (id: string, body: UpdateRule) =>
    answer(ruleDetailSchema, http.PUT('/rules/{id}', { params: { path: { id } }, body })),
  switchRule: (id: string, body: SwitchRule) =>
    answer(ruleDetailSchema, http.POST('/rules/{id}/switch', { params: { path: { id } }, body })),
  restoreRule: (id: string, body: RestoreRule) =>
    answer(ruleDetailSchema, http.POST('/rules/{id}/restore', { params: { path: { id } }, body })),
  removeRule: (id: string) => done(http.DELETE('/rules/{id}', { params: { path: { id } } })),
  people: ({ signal }: Signal) => answer(personList, http.GET('/people', { signal })),
  staff: ({ signal }: Signal) =>
    answer(staffList, http.GET('/people', { params: { query: { state: 'all' } }, signal })),
  createPerson: (body: CreatePerson) => answer(personCredentialsSchema, http.POST('/people', { body })),
  updatePerson: (id: string, body: UpdatePerson) =>
    answer(staffSchema, http.PATCH('/people/{id}', { params: { path: { id } }, body })),
  resetPassword: (id: string) =>
    answer(personCredentialsSchema, http.POST('/people/{id}/password', { params: { path: { id } } })),
  /** Thousands of lines take the platform some seconds. */
  importTable: (kind: TableKind, file: Blob, preview: boolean) =>
    answer(
      importResultSchema,
      http.POST(`/imports/${kind}`, {
        params: { query: { preview: `${preview}` } },
        ...fileBody(file, 'text/csv'),
        fetch: patient(120_000),
      }),
    ),
  calendars: ({ signal }: Signal) => answer(areaCalendarsSchema, http.GET('/calendars', { signal })),
  calendar: (areaId: string, { signal }: Signal) =>
    answer(areaCalendarSchema, http.GET('/calendars/{areaId}', { params: { path: { areaId } }, signal })),
  saveCalendar: (areaId: string, body: SaveCalendar) =>
    answer(areaCalendarSchema, http.PUT('/calendars/{areaId}', { params: { path: { areaId } }, body })),
  removeCalendar: (areaId: string) =>
    answer(areaCalendarSchema, http.DELETE('/calendars/{areaId}', { params: { path: { areaId } } })),
  importCalendarDays: (areaId: string, file: Blob, preview: boolean) =>
    answer(
      importResultSchema,
      http.POST('/calendars/{areaId}/days', {
        params: { path: { areaId }, query: { preview: `${preview}` } },
        ...fileBody(file, 'text/csv'),
      }),
    ),
  shifts: (query: ShiftQuery, { signal }: Signal) =>
    answer(shiftList, http.GET('/shifts', { params: { query }, signal })),
  addShifts: (body: CreateShifts) => answer(shiftList, http.POST('/shifts', { body })),
  updateShift: (id: string, body: UpdateShift) =>
    answer(shiftSchema, http.PATCH('/shifts/{id}', { params: { path: { id } }, body })),
  removeShift: (id: string) => done(http.DELETE('/shifts/{id}', { params: { path: { id } } })),

  devices: (query: Partial<DeviceQuery>, { signal }: Signal) =>
    answer(devicePage, http.GET('/devices', { params: { query }, signal })),
  registerDevice: (body: RegisterDevice) => answer(deviceCredentialsSchema, http.POST('/devices', { body })),
  updateDevice: (id: string, body: UpdateDevice) =>
    answer(deviceSchema, http.PATCH('/devices/{community}/{device}', { params: deviceAt(id), body })),
  replaceDevice: (id: string, device: string) =>
    answer(
      deviceCredentialsSchema,
      http.POST('/devices/{community}/{device}/replace', { params: deviceAt(id), body: { device } }),
    ),
  rotateSecret: (id: string) =>
    answer(deviceCredentialsSchema, http.POST('/devices/{community}/{device}/secret', { params: deviceAt(id) })),
  retireDevice: (id: string) =>
    answer(deviceSchema, http.POST('/devices/{community}/{device}/retire', { params: deviceAt(id) })),
  deviceRules: (id: string, { signal }: Signal) =>
    answer(ruleList, http.GET('/devices/{community}/{device}/rules', { params: deviceAt(id), signal })),
  fleet: (query: Partial<FleetQuery>, { signal }: Signal) =>
    answer(fleetSchema, http.GET('/fleet', { params: { query }, signal })),
  fleetCsvUrl: (query: Partial<FleetQuery>) => apiUrl('/fleet/csv', { query }),
  bridges: ({ signal }: Signal) => answer(bridgePage, http.GET('/bridges', { signal })),
  registerBridge: (body: RegisterBridge) => answer(bridgeCredentialsSchema, http.POST('/bridges', { body })),
  registerCamera: (id: string, body: RegisterCamera) =>
    answer(deviceSchema, http.POST('/bridges/{community}/{bridge}/cameras', { params: bridgeAt(id), body })),
  rotateBridgeSecret: (id: string) =>
    answer(bridgeCredentialsSchema, http.POST('/bridges/{community}/{bridge}/secret', { params: bridgeAt(id) })),
  retireBridge: (id: string) =>
    answer(bridgeSchema, http.POST('/bridges/{community}/{bridge}/retire', { params: bridgeAt(id) })),

  readings: (
    query: {
      deviceId: string;
      metric: string;
      from: string;
      to: string;
      windowMs?: number;
      aggregate?: z.infer<typeof aggregateSchema>;
      limit?: number;
    },
    { signal }: Signal,
  ) => answer(readingsSchema, http.GET('/readings', { params: { query }, signal })),
  history: (query: HistoryQuery, { signal }: Signal) =>
    answer(historySchema, http.GET('/readings/history', { params: { query }, signal })),

  alarm: (id: string, { signal }: Signal) =>
    answer(alarmDetailSchema, http.GET('/alarms/{id}', { params: { path: { id } }, signal })),
  acknowledgeAlarm: (id: string, note: string | undefined) =>
    answer(
      alarmSchema,
      http.POST('/alarms/{id}/acknowledge', { params: { path: { id } }, body: note ? { note } : {} }),
    ),
  acknowledgeAlarms: (ids: string[]) =>
    answer(alarmMoveResultsSchema, http.POST('/alarms/acknowledge', { body: { ids } })),
  commentAlarm: (id: string, note: string) =>
    answer(alarmSchema, http.POST('/alarms/{id}/comment', { params: { path: { id } }, body: { note } })),
  assignAlarm: (id: string, personId: string | null) =>
    answer(alarmSchema, http.POST('/alarms/{id}/assign', { params: { path: { id } }, body: { personId } })),
  shelveAlarm: (id: string, body: ShelveAlarm) =>
    answer(alarmSchema, http.POST('/alarms/{id}/shelve', { params: { path: { id } }, body })),
  unshelveAlarm: (id: string) =>
    answer(alarmSchema, http.POST('/alarms/{id}/unshelve', { params: { path: { id } }, body: {} })),
  judgeAlarm: (id: string, judgement: AlarmJudgement | null) =>
    answer(alarmSchema, http.POST('/alarms/{id}/judge', { params: { path: { id } }, body: { judgement } })),
  maintenanceWindows: (query: Partial<MaintenanceQuery>, { signal }: Signal) =>
    answer(maintenanceWindowsSchema, http.GET('/maintenance-windows', { params: { query }, signal })),
  createMaintenanceWindow: (body: CreateMaintenanceWindow) =>
    answer(maintenanceWindowSchema, http.POST('/maintenance-windows', { body })),
  endMaintenanceWindow: (id: string) =>
    answer(maintenanceWindowSchema, http.POST('/maintenance-windows/{id}/end', { params: { path: { id } } })),
  outOfService: (query: OutOfServiceQuery, { signal }: Signal) =>
    answer(outOfServiceListSchema, http.GET('/out-of-service', { params: { query }, signal })),
  takeOutOfService: (body: TakeOutOfService) => done(http.POST('/out-of-service', { body })),
  returnToService: (id: string) => done(http.POST('/out-of-service/{id}/return', { params: { path: { id } } })),
  foldedAlarms: (by: FoldKind, { signal }: Signal) =>
    answer(foldedAlarmsSchema, http.GET('/alarms/groups', { params: { query: { by } }, signal })),
  /** A month of a large site takes the platform some seconds. */
  alarmLoad: (query: AlarmLoadQuery, { signal }: Signal) =>
    answer(alarmLoadSchema, http.GET('/alarm-load', { params: { query }, signal, fetch: patient(60_000) })),
  alarmLoadCsvUrl: (query: { areaId: string; from: string; to: string }) => apiUrl('/alarm-load/csv', { query }),
  evaluationCsvUrl: (query: EvaluationQuery) => apiUrl('/evaluation/csv', { query }),
  staffingPlans: ({ signal }: Signal) => answer(staffingPlanPage, http.GET('/staffing-plans', { signal })),
  staffingPlan: (id: string, { signal }: Signal) =>
    answer(staffingPlanSchema, http.GET('/staffing-plans/{id}', { params: { path: { id } }, signal })),
  createStaffingPlan: (body: z.input<typeof createStaffingPlanSchema>) =>
    answer(staffingPlanSchema, http.POST('/staffing-plans', { body })),
  removeStaffingPlan: (id: string) => done(http.DELETE('/staffing-plans/{id}', { params: { path: { id } } })),
  incident: (id: string, { signal }: Signal) =>
    answer(incidentDetailSchema, http.GET('/incidents/{id}', { params: { path: { id } }, signal })),
  incidents: (query: Partial<IncidentQuery>, { signal }: Signal) =>
    answer(incidentPage, http.GET('/incidents', { params: { query }, signal })),
  mergeableIncidents: (id: string, { signal }: Signal) =>
    answer(incidentPage, http.GET('/incidents', { params: { query: { mergeableWith: id, limit: 100 } }, signal })),
  splitIncident: (id: string, body: SplitIncident) =>
    answer(incidentDetailSchema, http.POST('/incidents/{id}/split', { params: { path: { id } }, body })),
  mergeIncident: (id: string, body: MergeIncident) =>
    answer(incidentDetailSchema, http.POST('/incidents/{id}/merge', { params: { path: { id } }, body })),

  orderBoard: (query: Partial<WorkOrderBoardQuery>, { signal }: Signal) =>
    answer(workOrderBoardSchema, http.GET('/work-orders/board', { params: { query }, signal })),

  deadLetters: (query: Partial<DeadLetterQuery>, { signal }: Signal) =>
    answer(deadLetterPage, http.GET('/dead-letters', { params: { query }, signal })),
  replayDeadLetter: (id: string) => done(http.POST('/dead-letters/{id}/replay', { params: { path: { id } } })),
  audit: (query: Partial<AuditQuery>, { signal }: Signal) =>
    answer(auditPage, http.GET('/audit', { params: { query }, signal })),
  exports: ({ signal }: Signal) => answer(exportPage, http.GET('/exports', { signal })),
  createExport: (body: CreateExport) => answer(exportSchema, http.POST('/exports', { body })),
  removeExport: (id: string) => done(http.DELETE('/exports/{id}', { params: { path: { id } } })),
  exportUrl: (id: string) => apiUrl('/exports/{id}/file', { path: { id } }),
  backTests: ({ signal }: Signal) => answer(backTestPage, http.GET('/back-tests', { signal })),
  backTest: (id: string, { signal }: Signal) =>
    answer(backTestSchema, http.GET('/back-tests/{id}', { params: { path: { id } }, signal })),
  createBackTest: (body: CreateBackTest) => answer(backTestSchema, http.POST('/back-tests', { body })),
  removeBackTest: (id: string) => done(http.DELETE('/back-tests/{id}', { params: { path: { id } } })),
  system: ({ signal }: Signal) => answer(systemSchema, http.GET('/system', { signal })),
  verifyAudit: () => answer(auditVerificationSchema, http.GET('/audit/verification', { fetch: patient(60_000) })),
};
