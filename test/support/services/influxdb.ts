import type { ServiceDefinition } from './service.js';

/** InfluxDB 1.x. A 2.x or 3.x is tested by TEST_INFLUX_URL with TEST_INFLUX_TOKEN, TEST_INFLUX_ORG and TEST_INFLUX_BUCKET. */
export const influxdb: ServiceDefinition = {
  urlVariable: 'TEST_INFLUX_URL',
  program: 'influxd',
  versionArguments: ['version'],
  image: { variable: 'TEST_INFLUX_IMAGE', fallback: 'influxdb:1.8-alpine', port: 8086 },
  launch: ({ dir, host, port }, { config = '', files = {} }) => ({
    command: ['influxd', 'run', '-config', `${dir}/influxdb.conf`],
    files: {
      ...files,
      'influxdb.conf': [
        'reporting-disabled = true',
        // The port for backups, which nobody uses; 0 takes a free one.
        'bind-address = "127.0.0.1:0"',
        `[meta]\n  dir = "${dir}/meta"`,
        `[data]\n  dir = "${dir}/data"\n  wal-dir = "${dir}/wal"`,
        '[monitor]\n  store-enabled = false',
        `[http]\n  bind-address = "${host}:${port}"\n  log-enabled = false`,
        config.replaceAll('{dir}', dir),
        '',
      ].join('\n'),
    },
  }),
  url: (host, port) => `http://${host}:${port}`,
  answers: async (url) => (await fetch(`${url}/ping`, { signal: AbortSignal.timeout(2_000) })).ok,
};
