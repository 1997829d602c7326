import { appendFileSync } from 'node:fs';
import { findProgram, startBinary } from './binary.js';
import { startContainer } from './container.js';
import { influxdb } from './influxdb.js';
import { mosquitto } from './mosquitto.js';
import { redis } from './redis.js';
import { s3 } from './s3.js';
import { type Absent, isAbsent, type ProvideOptions, type Service, type ServiceDefinition } from './service.js';

export { type Absent, isAbsent, type Service } from './service.js';

const services = { redis, influxdb, mosquitto, s3 } satisfies Record<string, ServiceDefinition>;
export type ServiceName = keyof typeof services;

/** A start that takes longer than this would eat the time of the tests that wait for it; pulling an image may. */
const pullLimitMs = 300_000;

/**
 * A real server for a test: by URL from the environment, else the program installed here, else a container, else absent with the
 * reason. Every answer is told to the test run, which sums up what was used (scripts/test.mjs).
 */
export async function provide(name: ServiceName, options: ProvideOptions = {}): Promise<Service | Absent> {
  const provided = await find(services[name], options);
  const file = process.env['TEST_SERVICES_FILE'];
  if (file) {
    const told = isAbsent(provided) ? provided : { how: provided.how, detail: provided.detail };
    appendFileSync(file, `${JSON.stringify({ name, ...told })}\n`);
  }
  return provided;
}

/** `describe` where the service is there, else the same suite skipped with the reason in its title. */
export function describeWith(service: Service | Absent, title: string, suite: (service: Service) => void): void {
  if (isAbsent(service)) describe.skip(`${title} (skipped: ${service.absent})`, () => suite(noService));
  else describe(title, () => suite(service));
}

async function find(definition: ServiceDefinition, options: ProvideOptions): Promise<Service | Absent> {
  const url = process.env[definition.urlVariable];
  // A server found by URL has a configuration of its own and is not ours to kill.
  if (url && !options.control && options.config === undefined) return foreign(url, definition);
  const program = findProgram(definition.program);
  if (program && process.env[definition.image.variable] === undefined) return startBinary(definition, program, options);
  try {
    return await within(pullLimitMs, startContainer(definition, options));
  } catch (error) {
    const missing = `${definition.urlVariable} is not set, ${definition.program} is not installed`;
    return { absent: `${missing}, no container: ${error instanceof Error ? error.message.split('\n')[0] : error}` };
  }
}

async function foreign(url: string, definition: ServiceDefinition): Promise<Service> {
  const notOurs = () => Promise.reject(new Error(`${definition.urlVariable} is not ours to end`));
  return {
    how: 'url',
    url,
    detail: `${definition.urlVariable} (${new URL(url).host})`,
    stop: () => Promise.resolve(),
    kill: notOurs,
    restart: notOurs,
    freeze: notOurs,
    thaw: notOurs,
  };
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not started within ${limitMs} ms`)), limitMs);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/** What the tests of a skipped suite close over; none of them runs. */
const noService: Service = {
  how: 'url',
  url: '',
  detail: '',
  stop: () => Promise.resolve(),
  kill: () => Promise.resolve(),
  restart: () => Promise.resolve(),
  freeze: () => Promise.resolve(),
  thaw: () => Promise.resolve(),
};
