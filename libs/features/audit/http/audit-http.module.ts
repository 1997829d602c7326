import { Module } from '@nestjs/common';
import { AuditVerifier } from '../audit-verifier.js';
import { AuditController } from './audit.controller.js';

/** The `/audit` routes, for the gateway. */
@Module({ controllers: [AuditController], providers: [AuditVerifier] })
export class AuditHttpModule {}
