import { Module } from '@nestjs/common';
import { Backlog } from '../backlog.js';
import { SystemReadModel } from './system-read-model.js';
import { SystemController } from './system.controller.js';

/** The `/system` route, for the gateway. */
@Module({ controllers: [SystemController], providers: [SystemReadModel, Backlog] })
export class SystemHttpModule {}
