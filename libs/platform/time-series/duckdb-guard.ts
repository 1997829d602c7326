import { createHash } from 'node:crypto';
import { open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The main header and the two of the database, of which the one with the higher number counts. */
const HEADER_BYTES = 3 * 4096;
const MAGIC = Buffer.from('SCGUARD1');
const HASH_BYTES = 32;

interface Kept {
  headers: Buffer;
  blocks: { at: number; bytes: Buffer }[];
}

/**
 * Keeps what a checkpoint is about to overwrite. DuckDB puts its data into blocks that are free, but rewrites those of its metadata where
 * they are, before it writes the header that makes the checkpoint count (ADR 15): a process killed, or a power cut, in the middle of
 * one leaves a file that cannot be opened at all. Then {@link restoreCheckpoint} puts them back, and the log is replayed as ever.
 */
export class CheckpointGuard {
  private constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
  ) {}

  /** To be opened after DuckDB: closing it before would let go DuckDB's lock on the file, which belongs to the whole process. */
  static async open(file: string): Promise<CheckpointGuard> {
    return new CheckpointGuard(file, await open(file, 'r'));
  }

  /** Resolves when they are on the disk. @param blocks numbers of the blocks that hold metadata now */
  async keep(blocks: readonly number[], blockBytes: number): Promise<void> {
    const { size } = await this.handle.stat();
    const starts = blocks.map((block) => HEADER_BYTES + block * blockBytes).filter((at) => at + blockBytes <= size);
    const parts = [MAGIC, numbers(blockBytes, starts.length), await this.read(0, HEADER_BYTES)];
    for (const at of starts) parts.push(numbers(at), await this.read(at, blockBytes));
    const body = Buffer.concat(parts);
    const kept = pathOf(this.file);
    const next = await open(`${kept}.new`, 'w');
    try {
      await next.writeFile(Buffer.concat([body, hashOf(body)]));
      await next.sync();
    } finally {
      await next.close();
    }
    await rename(`${kept}.new`, kept);
    await syncFolder(dirname(kept));
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async read(at: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    await this.handle.read(bytes, 0, length, at);
    return bytes;
  }
}

/**
 * Puts back what was kept before the last checkpoint, if that never came to its end. Only while nobody has the file open.
 * @returns whether it did: not when the checkpoint counts, for then it had written all, or when nothing whole was kept
 */
export async function restoreCheckpoint(file: string): Promise<boolean> {
  const kept = parse(await readFile(pathOf(file)).catch(() => Buffer.alloc(0)));
  if (!kept) return false;
  const handle = await open(file, 'r+');
  try {
    const headers = Buffer.alloc(HEADER_BYTES);
    await handle.read(headers, 0, HEADER_BYTES, 0);
    if (!headers.equals(kept.headers)) return false;
    for (const { at, bytes } of kept.blocks) await handle.write(bytes, 0, bytes.length, at);
    await handle.sync();
    return true;
  } finally {
    await handle.close();
  }
}

const hashOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

const pathOf = (file: string): string => `${file}.guard`;

function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  values.forEach((value, index) => bytes.writeBigUInt64LE(BigInt(value), 8 * index));
  return bytes;
}

/** Undefined when it is not whole. */
function parse(bytes: Buffer): Kept | undefined {
  const body = bytes.subarray(0, -HASH_BYTES);
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  if (!hashOf(body).equals(bytes.subarray(-HASH_BYTES))) return undefined;
  let at = MAGIC.length;
  const take = (length: number) => body.subarray(at, (at += length));
  const number = () => Number(take(8).readBigUInt64LE());
  const [blockBytes, count] = [number(), number()];
  const headers = take(HEADER_BYTES);
  return { headers, blocks: Array.from({ length: count }, () => ({ at: number(), bytes: take(blockBytes) })) };
}

/** What was renamed is there after a power cut only when its folder is written too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
