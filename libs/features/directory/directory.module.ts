import { Module } from '@nestjs/common';
import { Directory } from './directory.js';

/** Needs the database. */
@Module({ providers: [Directory], exports: [Directory] })
export class DirectoryModule {}
