export type { ChannelMessage, Destination, NotificationChannel, Outcome } from './channel.js';
export { InAppChannel, type Inbox, type InboxEntry } from './in-app/in-app-channel.js';
export { type ChannelSurroundings, hostsOf, openChannel } from './open-channel.js';
export { makeVapidKeys, type VapidKeys } from './web-push/web-push-channel.js';
export { WebhookChannel } from './webhook/webhook-channel.js';
