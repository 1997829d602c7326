import { Module } from '@nestjs/common';
import { Catalogue } from './catalogue.js';

/** The kinds of work, read. Needs the global database and logging modules. */
@Module({ providers: [Catalogue], exports: [Catalogue] })
export class CatalogueModule {}
