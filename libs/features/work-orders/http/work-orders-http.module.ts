import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { AttachmentFiles } from '../attachment-files.js';
import { AttachmentsService } from '../attachments.service.js';
import { WorkOrdersModule } from '../work-orders.module.js';
import { AttachmentsController } from './attachments.controller.js';
import { IncidentsController } from './incidents.controller.js';
import { IncidentsReader } from './incidents.reader.js';
import { WorkOrdersController } from './work-orders.controller.js';
import { WorkOrderBoardReader } from './work-order-board.reader.js';
import { WorkOrdersReader } from './work-orders.reader.js';

/** `/work-orders`, `/attachments`, `/incidents`. Needs the database and the file store. */
@Module({
  imports: [WorkOrdersModule, DirectoryModule],
  controllers: [WorkOrdersController, AttachmentsController, IncidentsController],
  providers: [WorkOrdersReader, WorkOrderBoardReader, IncidentsReader, AttachmentsService, AttachmentFiles],
})
export class WorkOrdersHttpModule {}
