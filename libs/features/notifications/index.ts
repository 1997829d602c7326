export { NotificationsHttpModule } from './http/notifications-http.module.js';
export { NotificationHandlersModule } from './notification-handlers.module.js';
