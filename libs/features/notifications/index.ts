export { NotificationsHttpModule } from './http/notifications-http.module.js';
export { keepDeliveries } from './keep-deliveries.js';
export { RoundNotices, RoundNoticesModule } from './round-notices.js';
export { NotificationHandlersModule } from './notification-handlers.module.js';
export { unwantedJobs } from './unwanted-jobs.js';
