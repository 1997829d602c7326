import { Module } from '@nestjs/common';
import { CatalogueService } from '../catalogue.service.js';
import { ImportCatalogue } from '../imports/import-catalogue.js';
import { CatalogueImportsController } from './catalogue-imports.controller.js';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueReader } from './catalogue.reader.js';

/** `/catalogue` and `/imports/catalogue`. */
@Module({
  controllers: [CatalogueController, CatalogueImportsController],
  providers: [CatalogueReader, CatalogueService, ImportCatalogue],
})
export class CatalogueHttpModule {}
