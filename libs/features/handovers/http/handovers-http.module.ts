import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { HandoverNotes } from '../handover-notes.service.js';
import { HandoversReader } from '../handovers.reader.js';
import { HandoversService } from '../handovers.service.js';
import { HandoversController } from './handovers.controller.js';

/** `/handovers`, for the gateway. Needs the database, the clock and ids. */
@Module({
  imports: [DirectoryModule],
  controllers: [HandoversController],
  providers: [HandoversService, HandoverNotes, HandoversReader],
})
export class HandoversHttpModule {}
