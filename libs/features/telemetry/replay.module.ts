import { Global, Module } from '@nestjs/common';
import { DeviceRegistryModule } from '@sc/features/devices';
import { DEAD_LETTER_REPLAYER } from './http/dead-letter-replayer.js';
import { MessageReplayer } from './message-replayer.js';

/** Global, so that the HTTP side finds the replayer where both run in one process, and does without where they do not. */
@Global()
@Module({
  imports: [DeviceRegistryModule],
  providers: [MessageReplayer, { provide: DEAD_LETTER_REPLAYER, useExisting: MessageReplayer }],
  exports: [MessageReplayer, DEAD_LETTER_REPLAYER],
})
export class ReplayModule {}
