import { mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { ExportFormat } from '@sc/contracts';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { ExportFailure } from './export-failure.js';
import { EXPORT_LIMITS, type ExportLimits } from './limits.js';

interface FileOf {
  id: string;
  format: ExportFormat;
}

const uuidPrefix = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\.)/;
/** What is only on the way, and its folder of parts; named after its runner too, so that two that follow each other never share a file. */
const onTheWay = /\.part(\.parts)?$/;

/** The files of exports, in DATA_DIR/exports. Their names are made of ids alone, never of what somebody sent. */
@Injectable()
export class ExportFiles {
  private readonly folder: string;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(EXPORT_LIMITS) private readonly limits: ExportLimits,
  ) {
    this.folder = resolve(settings.DATA_DIR, 'exports');
  }

  path({ id, format }: FileOf): string {
    return join(this.folder, `${id}.${format}`);
  }

  /** Where it is written before it is complete. */
  async partPath({ id }: FileOf, runner: string): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return join(this.folder, `${id}.${runner}.part`);
  }

  async complete(file: FileOf, partPath: string): Promise<void> {
    await rename(partPath, this.path(file));
  }

  /** @throws ExportFailure `disk-full` when less than the reserve is left */
  async assertRoom(): Promise<void> {
    const { bavail, blocks, bsize } = await statfs(this.folder);
    const { diskReserveBytes, diskReserveShare } = this.limits;
    if (bavail * bsize < Math.max(diskReserveBytes, blocks * bsize * diskReserveShare))
      throw new ExportFailure('disk-full');
  }

  async remove(file: FileOf): Promise<void> {
    await rm(this.path(file), { force: true });
  }

  /** Removes what belongs to no export any more, and what nobody is writing any more. */
  async removeOrphans(known: ReadonlyMap<string, { running: boolean }>): Promise<number> {
    const names = await readdir(this.folder).catch(() => []);
    const orphans = names.filter((name) => {
      const id = uuidPrefix.exec(name)?.[0];
      if (id === undefined) return false;
      const owner = known.get(id);
      return !owner || (onTheWay.test(name) && !owner.running);
    });
    for (const name of orphans) await rm(join(this.folder, name), { recursive: true, force: true });
    return orphans.length;
  }
}
