import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { DiskFileStore } from './disk-file-store.js';
import { FILE_STORE } from './file-store.js';

@Module({})
export class FilesModule {
  /** @param dataDir files are kept in its subfolder `files` */
  static forRoot(dataDir: string): DynamicModule {
    return {
      module: FilesModule,
      global: true,
      providers: [{ provide: FILE_STORE, useFactory: () => new DiskFileStore(join(dataDir, 'files')) }],
      exports: [FILE_STORE],
    };
  }
}
