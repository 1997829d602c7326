import { Module } from '@nestjs/common';
import { NotificationsController } from './notifications.controller.js';

/** `/notifications`. Needs the database. */
@Module({ controllers: [NotificationsController] })
export class NotificationsHttpModule {}
