import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoFileSchema, type DemoFile } from '@sc/contracts';
import { readSettings, type Settings } from '@sc/platform/config';
import { PlatformClient } from './platform-client.js';

export interface RunningPlatform {
  settings: Settings;
  demo: DemoFile;
  httpUrl: string;
  mqttUrl: string;
}

/**
 * Where the platform of this DATA_DIR listens, and its demo logins.
 * @throws Error in one clear line when there is no demo here
 */
export async function runningPlatform(environment: Record<string, string | undefined>): Promise<RunningPlatform> {
  const settings = readSettings(environment);
  const path = join(settings.DATA_DIR, 'secrets', 'demo.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new Error(`${path} is not there: start the demo first (npm start), with the same DATA_DIR`);
  return {
    settings,
    demo: demoFileSchema.parse(JSON.parse(text)),
    httpUrl: `http://127.0.0.1:${settings.HTTP_PORT}`,
    mqttUrl: devicesUrl(settings),
  };
}

/** Of a broker elsewhere MQTT_URL is the platform's own door; devices have theirs on the same host. */
function devicesUrl({ MQTT_URL, MQTT_PORT }: Settings): string {
  const { protocol, hostname } = new URL(MQTT_URL ?? 'mqtt://127.0.0.1');
  return `${protocol}//${hostname}:${MQTT_PORT}`;
}

/** The demo's administrator, logged in. @throws Error in one clear line when nothing answers */
export async function loginAsAdmin({
  httpUrl,
  demo,
}: Pick<RunningPlatform, 'httpUrl' | 'demo'>): Promise<PlatformClient> {
  const admin = demo.people.find((person) => person.role === 'admin');
  if (!admin) throw new Error('the demo has no administrator');
  const client = new PlatformClient(httpUrl);
  try {
    await client.login(admin.login, admin.password);
  } catch (cause) {
    throw new Error(`cannot log in at ${httpUrl}: ${describe(cause)}. Is the platform running (npm start)?`, { cause });
  }
  return client;
}

const describe = (error: unknown): string =>
  error instanceof Error
    ? error.cause instanceof Error
      ? error.cause.message || error.message
      : error.message
    : String(error);
