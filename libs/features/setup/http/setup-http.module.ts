import { Module } from '@nestjs/common';
import { IdentityModule } from '@sc/features/identity';
import { SetupService } from '../setup.service.js';
import { SetupController } from './setup.controller.js';

/** The `/setup` routes, for the gateway. */
@Module({ imports: [IdentityModule], controllers: [SetupController], providers: [SetupService] })
export class SetupHttpModule {}
