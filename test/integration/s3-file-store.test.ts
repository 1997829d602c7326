import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { fileStoreConformance } from '../../libs/platform/files/file-store.conformance.js';
import { S3FileStore, type S3Options } from '../../libs/platform/files/s3-file-store.js';
import { freePort } from '../support/services/binary.js';
import { describeWith, provide } from '../support/services/index.js';

const server = await provide('s3');

describeWith(server, 'a store that speaks S3', ({ url, stop }) => {
  const { origin, username, password } = new URL(url || 'http://absent');
  const options: S3Options = {
    url: origin,
    bucket: `files-${randomBytes(6).toString('hex')}`,
    region: 'us-east-1',
    accessKey: decodeURIComponent(username),
    secretKey: decodeURIComponent(password),
  };
  const client = new S3Client({
    endpoint: origin,
    region: options.region,
    forcePathStyle: true,
    credentials: { accessKeyId: options.accessKey, secretAccessKey: options.secretKey },
  });
  const open = (changed: Partial<S3Options> = {}) => new S3FileStore({ ...options, ...changed });

  beforeAll(async () => {
    await client.send(new CreateBucketCommand({ Bucket: options.bucket }));
  });
  afterAll(async () => {
    client.destroy();
    await stop();
  });

  fileStoreConformance('S3FileStore', open);

  it('refuses to hand out what was changed behind its back', async () => {
    const store = open();
    const hash = await store.put(Buffer.from('proof'));
    const Key = `${hash.toString('hex').slice(0, 2)}/${hash.toString('hex')}`;
    await client.send(new PutObjectCommand({ Bucket: options.bucket, Key, Body: 'prooF' }));
    await expect(store.get(hash)).rejects.toMatchObject({ code: 'file-damaged' });
    await store.close();
  });

  it.each([
    ['a wrong secret', () => open({ secretKey: 'another-secret-key' })],
    ['a bucket that is not there', () => open({ bucket: 'no-such-bucket-here' })],
  ])('%s is an error, never an absent file', async (_, create) => {
    const store = create();
    await expect(store.put(randomBytes(8))).rejects.toMatchObject({ code: 'file-store-away' });
    await expect(store.get(randomBytes(32))).rejects.toMatchObject({ code: 'file-store-away' });
    await expect(store.check()).rejects.toMatchObject({ code: 'file-store-away' });
    await store.close();
  });

  it('that does not answer is away, after few attempts', async () => {
    const store = open({ url: `http://127.0.0.1:${await freePort()}`, timeoutMs: 500 });
    await expect(store.get(randomBytes(32))).rejects.toMatchObject({ code: 'file-store-away' });
    await store.close();
  });
});
