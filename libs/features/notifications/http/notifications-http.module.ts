import { Module } from '@nestjs/common';
import { ChannelTester } from '../channels/channel-tester.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { ChannelsService } from '../channels/channels.service.js';
import { Addresses } from '../preferences/addresses.js';
import { Preferences } from '../preferences/preferences.js';
import { PushSubscriptions } from '../preferences/push-subscriptions.js';
import { ChannelsController } from './channels.controller.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveryLog } from './delivery-log.js';
import { NotificationsController } from './notifications.controller.js';
import { OwnNotificationsController } from './own-notifications.controller.js';
import { PersonAddressesController } from './person-addresses.controller.js';

/** `/notifications`, `/channels`, `/deliveries`, `/people/{id}/addresses`. Needs settings and the database. */
@Module({
  imports: [ChannelsModule],
  providers: [ChannelsService, ChannelTester, DeliveryLog, Preferences, Addresses, PushSubscriptions],
  controllers: [
    NotificationsController,
    OwnNotificationsController,
    ChannelsController,
    DeliveriesController,
    PersonAddressesController,
  ],
})
export class NotificationsHttpModule {}
