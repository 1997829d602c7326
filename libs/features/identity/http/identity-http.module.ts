import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity.module.js';
import { AccessGuard } from './access.guard.js';
import { SessionController } from './session.controller.js';

@Module({
  imports: [IdentityModule],
  controllers: [SessionController],
  providers: [AccessGuard],
  exports: [AccessGuard, IdentityModule],
})
export class IdentityHttpModule {}
