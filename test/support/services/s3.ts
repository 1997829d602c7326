import { readFileSync } from 'node:fs';
import type { ServiceDefinition } from './service.js';

const accessKey = 'tests:platform';
const secretKey = 'tests-secret-key';

/**
 * A store that speaks S3 and checks its signatures: OpenStack Swift with its S3 door, where Debian's packages `swift-proxy`,
 * `swift-account`, `swift-container` and `swift-object` are installed, else MinIO as a container. User name and password of its
 * URL are access key and secret key, also in TEST_S3_URL.
 */
export const s3: ServiceDefinition = {
  urlVariable: 'TEST_S3_URL',
  program: 'swift-object-server',
  versionArguments: ['--version'],
  image: { variable: 'TEST_S3_IMAGE', fallback: 'minio/minio:latest', port: 9000 },
  launch: ({ dir, host, port }) =>
    host === '127.0.0.1'
      ? {
          command: ['/usr/bin/python3', `${dir}/swift-all-in-one.py`, dir, host, String(port), accessKey, secretKey],
          files: { 'swift-all-in-one.py': swift() },
        }
      : {
          command: [
            'sh',
            '-c',
            `MINIO_ROOT_USER='${accessKey}' MINIO_ROOT_PASSWORD='${secretKey}' minio server --address ${host}:${port} /data`,
          ],
          files: {},
        },
  url: (host, port) => `http://${encodeURIComponent(accessKey)}:${secretKey}@${host}:${port}`,
  answers: async (url) => {
    const { origin } = new URL(url);
    // Nobody may ask without a signature, but who refuses is there.
    return (await fetch(`${origin}/nobody`, { signal: AbortSignal.timeout(2_000) })).status < 500;
  },
};

const swift = (): string => readFileSync(new URL('swift-all-in-one.py', import.meta.url), 'utf8');
