import { Module } from '@nestjs/common';
import { DeviceRegistryModule } from '@sc/features/devices';
import { EgressModule } from '@sc/platform/egress';
import { BridgeReconciler } from './bridge-reconciler.js';

/** Asking bridges for what was missed, for the process that takes messages in. Needs settings and the database. */
@Module({ imports: [DeviceRegistryModule, EgressModule], providers: [BridgeReconciler], exports: [BridgeReconciler] })
export class ReconciliationModule {}
