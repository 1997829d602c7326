import { readFileSync } from 'node:fs';
import type { Place, ServiceDefinition } from './service.js';

type Launch = ReturnType<ServiceDefinition['launch']>;

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
  launch: (place) => (place.host === '127.0.0.1' ? launchSwift(place) : launchMinio(place)),
  url: (host, port) => `http://${encodeURIComponent(accessKey)}:${secretKey}@${host}:${port}`,
  answers: async (url) => {
    const { origin } = new URL(url);
    // Nobody may ask without a signature, but who refuses is there.
    return (await fetch(`${origin}/nobody`, { signal: AbortSignal.timeout(2_000) })).status < 500;
  },
};

function launchSwift({ dir, host, port }: Place): Launch {
  const script = readFileSync(new URL('swift-all-in-one.py', import.meta.url), 'utf8');
  // The interpreter of the distribution: only that one knows the packages.
  const command = ['/usr/bin/python3', `${dir}/swift-all-in-one.py`, dir, host, String(port), accessKey, secretKey];
  return { command, files: { 'swift-all-in-one.py': script } };
}

function launchMinio({ host, port }: Place): Launch {
  const user = `MINIO_ROOT_USER='${accessKey}' MINIO_ROOT_PASSWORD='${secretKey}'`;
  return { command: ['sh', '-c', `${user} minio server --address ${host}:${port} /data`], files: {} };
}
