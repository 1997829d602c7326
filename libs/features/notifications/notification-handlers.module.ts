import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { ChannelsModule } from './channels/channels.module.js';
import { DeliveryWriter } from './delivery/delivery-writer.js';
import { Gate } from './delivery/gate.js';
import { SendMessage } from './delivery/send-message.js';
import { Teller } from './delivery/teller.js';
import { OnGroupEvent } from './on-group-event.js';
import { OnWorkOrderChanged } from './on-work-order-changed.js';
import { SendWebhook } from './webhook/send-webhook.js';

/** For the process that runs jobs. Needs settings, the database and the jobs module. */
@Module({
  imports: [DirectoryModule, ChannelsModule],
  providers: [DeliveryWriter, Teller, Gate],
  controllers: [OnWorkOrderChanged, OnGroupEvent, SendMessage, SendWebhook],
})
export class NotificationHandlersModule {}
