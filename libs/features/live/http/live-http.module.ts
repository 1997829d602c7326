import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { IdentityModule } from '@sc/features/identity';
import { LiveStreams } from '../live-streams.js';
import { OutboxTail } from '../outbox-tail.js';
import { StreamController } from './stream.controller.js';

@Module({
  imports: [IdentityModule, DirectoryModule],
  controllers: [StreamController],
  providers: [LiveStreams, OutboxTail],
})
export class LiveHttpModule {}
