import { join } from 'node:path';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Settings } from '@sc/platform/config';
import { HealthRegistry } from '@sc/platform/health';
import { DiskFileStore } from './disk-file-store.js';
import { FILE_STORE, type FileStore } from './file-store.js';
import { S3FileStore } from './s3-file-store.js';
import { StoredFiles } from './stored-files.js';

/** Needs the global clock, database and health. */
@Module({})
export class FilesModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(FILE_STORE) private readonly files: FileStore,
    private readonly health: HealthRegistry,
  ) {}

  static forRoot(settings: Settings): DynamicModule {
    return {
      module: FilesModule,
      global: true,
      providers: [{ provide: FILE_STORE, useFactory: () => openFileStore(settings) }, StoredFiles],
      exports: [FILE_STORE, StoredFiles],
    };
  }

  /** Without files alarms and cases go on: degraded, not unavailable. */
  onModuleInit(): void {
    this.health.register({ name: 'files', check: () => this.files.check(), needed: false, timeoutMs: 5_000 });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.files.close();
  }
}

/** The bucket of S3_URL, else the subfolder `files` of DATA_DIR. */
export function openFileStore(settings: Settings): FileStore {
  const { S3_URL: url, S3_BUCKET: bucket, S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey } = settings;
  return url && bucket && accessKey && secretKey
    ? new S3FileStore({ url, bucket, region: settings.S3_REGION, accessKey, secretKey })
    : new DiskFileStore(join(settings.DATA_DIR, 'files'));
}
