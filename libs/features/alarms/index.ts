export { AlarmWriter } from './alarm-writer.js';
export { AlarmHandlersModule } from './alarm-handlers.module.js';
export { AlarmsModule } from './alarms.module.js';
export { AlarmsService } from './alarms.service.js';
export { MaintenanceService } from './maintenance.service.js';
export { OutOfServiceService } from './out-of-service.service.js';
export { AlarmReconciler, type ConditionSource, type OpenAlarm } from './reconcile.js';
export { AlarmsHttpModule } from './http/alarms-http.module.js';
export { alarmView, asksToBeSeen, isSilencedNow, toAlarm } from './http/alarm-view.js';
