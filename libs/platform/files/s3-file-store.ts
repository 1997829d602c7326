import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { FileDamagedError, type FileStore, FileStoreAwayError, hexOf } from './file-store.js';

export interface S3Options {
  url: string;
  bucket: string;
  region: string;
  accessKey: string;
  secretKey: string;
  /** Of one attempt; default 10 s. The largest file takes that long at 1 MiB/s. */
  timeoutMs?: number;
}

/** A repeated put writes the same bytes under the same name, so every request may be repeated. */
const attempts = 3;

/** One object per content in a bucket of any store that speaks S3; the address stands in the path, as most of them want it. */
export class S3FileStore implements FileStore {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor({ url, bucket, region, accessKey, secretKey, timeoutMs = 10_000 }: S3Options) {
    this.bucket = bucket;
    this.client = new S3Client({
      endpoint: url,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
      maxAttempts: attempts,
      requestHandler: {
        connectionTimeout: Math.min(3_000, timeoutMs),
        requestTimeout: timeoutMs,
        throwOnRequestTimeout: true,
        socketTimeout: timeoutMs,
      },
      // Checksums in trailers are newer than many stores; the signature already covers the bytes.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(bytes: Uint8Array): Promise<Buffer> {
    const sha256 = createHash('sha256').update(bytes).digest();
    const Key = keyOf(sha256);
    if ((await this.sizeOf(Key)) === bytes.byteLength) return sha256;
    await this.ask(() =>
      this.client.send(
        new PutObjectCommand({ Bucket: this.bucket, Key, Body: bytes, ContentType: 'application/octet-stream' }),
      ),
    );
    return sha256;
  }

  async get(sha256: Uint8Array): Promise<Buffer | undefined> {
    const Key = keyOf(sha256);
    const bytes = await this.ask(async () => {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key }));
      return Body?.transformToByteArray();
    });
    if (!bytes) return undefined;
    if (!createHash('sha256').update(bytes).digest().equals(sha256))
      throw new FileDamagedError('a stored object does not match its hash');
    return Buffer.from(bytes);
  }

  async remove(sha256: Uint8Array): Promise<void> {
    await this.ask(() => this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: keyOf(sha256) })));
  }

  async check(): Promise<void> {
    await this.client.send(new HeadBucketCommand({ Bucket: this.bucket })).catch((error: unknown) => {
      throw away(error);
    });
  }

  async close(): Promise<void> {
    this.client.destroy();
  }

  private async sizeOf(Key: string): Promise<number | undefined> {
    const found = await this.ask(() => this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key })));
    return found?.ContentLength;
  }

  /** `undefined` when there is no such object. @throws FileStoreAwayError for every other refusal */
  private async ask<T>(request: () => Promise<T>): Promise<T | undefined> {
    try {
      return await request();
    } catch (error) {
      if (isNoSuchKey(error)) return undefined;
      throw away(error);
    }
  }
}

/** In 256 prefixes, as on disk. */
const keyOf = (sha256: Uint8Array): string => `${hexOf(sha256).slice(0, 2)}/${hexOf(sha256)}`;

/** HEAD answers have no body, so their absence has a name of its own; a missing bucket is not a missing file. */
const isNoSuchKey = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound');

const away = (error: unknown): FileStoreAwayError =>
  new FileStoreAwayError(`the object store: ${error instanceof Error ? error.name : 'failed'}`, { cause: error });
