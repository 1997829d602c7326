import { talk } from './talk.js';
import type { ServiceDefinition } from './service.js';

/** CONNECT (MQTT 3.1.1, clean session) of a client without a name: whatever the answer, it is a CONNACK. */
const connect = Buffer.from([0x10, 12, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 10, 0, 0]);

/**
 * `config` is everything but the listener, which is given: `{dir}/passwd` for a file of `files`, `persistence_location {dir}/`.
 * Left out, everybody may do everything and nothing is saved.
 */
export const mosquitto: ServiceDefinition = {
  urlVariable: 'TEST_MOSQUITTO_URL',
  program: 'mosquitto',
  versionArguments: ['-h'],
  image: { variable: 'TEST_MOSQUITTO_IMAGE', fallback: 'eclipse-mosquitto:2', port: 1883 },
  launch: ({ dir, host, port }, { config = 'allow_anonymous true\npersistence false', files = {} }) => ({
    command: ['mosquitto', '-c', `${dir}/mosquitto.conf`],
    files: {
      ...files,
      'mosquitto.conf': [
        `listener ${port} ${host}`,
        // Started by root it would become user mosquitto, who cannot read the folder.
        ...(process.getuid?.() === 0 || host === '0.0.0.0' ? ['user root'] : []),
        config.replaceAll('{dir}', dir),
        '',
      ].join('\n'),
    },
  }),
  url: (host, port) => `mqtt://${host}:${port}`,
  answers: async (url) => (await talk(url, connect))[0] === 0x20,
};
