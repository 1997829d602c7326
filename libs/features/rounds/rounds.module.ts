import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { RoundNoticesModule } from '@sc/features/notifications';
import { WorkOrdersModule } from '@sc/features/work-orders';
import { FailedItems } from './failed-items.js';
import { RoundHands } from './hands.js';
import { RoundLedger } from './round-ledger.js';

const providers = [FailedItems, RoundHands, RoundLedger];

/** What HTTP and the sweep share. Needs the database and the logging module. */
@Module({
  imports: [DirectoryModule, WorkOrdersModule, RoundNoticesModule],
  providers,
  exports: [...providers, DirectoryModule, WorkOrdersModule, RoundNoticesModule],
})
export class RoundsModule {}
