import { talk } from './talk.js';
import type { ServiceDefinition } from './service.js';

/** Keeps everything in memory, as Debian's does by default: killed, it forgets all. `config` is added to that. */
export const redis: ServiceDefinition = {
  urlVariable: 'TEST_REDIS_URL',
  program: 'redis-server',
  versionArguments: ['--version'],
  image: { variable: 'TEST_REDIS_IMAGE', fallback: 'redis:7-alpine', port: 6379 },
  launch: ({ dir, host, port }, { config = '', files = {} }) => ({
    command: ['redis-server', `${dir}/redis.conf`],
    files: {
      ...files,
      'redis.conf': [
        `bind ${host}`,
        `port ${port}`,
        `dir ${dir}`,
        // Reachable from this machine only, so it needs no password.
        'protected-mode no',
        'save ""',
        'appendonly no',
        config.replaceAll('{dir}', dir),
        '',
      ].join('\n'),
    },
  }),
  url: (host, port) => `redis://${host}:${port}`,
  answers: async (url) => (await talk(url, Buffer.from('PING\r\n'))).toString().startsWith('+PONG'),
};
