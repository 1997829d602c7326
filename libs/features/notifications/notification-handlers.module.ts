import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { OnWorkOrderChanged } from './on-work-order-changed.js';
import { SendWebhook } from './webhook/send-webhook.js';

/** For the process that runs jobs. Needs settings, the database and the jobs module. */
@Module({ imports: [DirectoryModule], controllers: [OnWorkOrderChanged, SendWebhook] })
export class NotificationHandlersModule {}
