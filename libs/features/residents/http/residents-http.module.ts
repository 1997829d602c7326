import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { ResidentAttachments, WorkOrdersModule } from '@sc/features/work-orders';
import { SecretBox } from '@sc/platform/secrets';
import { Announcements } from '../announcements.service.js';
import { CaseReader } from '../case.reader.js';
import { KnownCases } from '../known-cases.js';
import { ResidentLimiter } from '../limiter.js';
import { ResidentLinks } from '../links.js';
import { OrderResidentsReader } from '../order-residents.reader.js';
import { OrderResidentsService } from '../order-residents.service.js';
import { PlaceCodes } from '../place-codes.service.js';
import { PlaceReader } from '../place.reader.js';
import { Places } from '../places.js';
import { ResidentReports } from '../reports.service.js';
import { ResidentWords } from '../resident-words.service.js';
import { AnnouncementsController } from './announcements.controller.js';
import { OrderResidentsController } from './order-residents.controller.js';
import { PlaceCodesController } from './place-codes.controller.js';
import { ResidentCaseController } from './resident-case.controller.js';
import { ResidentPlacesController } from './resident-places.controller.js';

/** `/residents` for everybody, `/resident-places`, `/announcements` and `/work-orders/{id}/residents` for staff. */
@Module({
  imports: [DirectoryModule, WorkOrdersModule],
  controllers: [
    ResidentPlacesController,
    ResidentCaseController,
    PlaceCodesController,
    OrderResidentsController,
    AnnouncementsController,
  ],
  providers: [
    SecretBox,
    Places,
    KnownCases,
    PlaceReader,
    ResidentReports,
    ResidentLinks,
    CaseReader,
    ResidentWords,
    ResidentAttachments,
    ResidentLimiter,
    PlaceCodes,
    OrderResidentsReader,
    OrderResidentsService,
    Announcements,
  ],
})
export class ResidentsHttpModule {}
