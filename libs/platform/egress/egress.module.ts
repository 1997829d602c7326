import { Module } from '@nestjs/common';
import { Egress } from './egress.js';

/** Needs the global settings. */
@Module({ providers: [Egress], exports: [Egress] })
export class EgressModule {}
