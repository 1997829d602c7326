import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DemoFile, demoFileSchema } from '@sc/contracts';
import { Platform } from './platform.js';
import { findProgram, freePort } from './services/binary.js';
import { waitUntil } from './wait.js';

const run = promisify(execFile);
/** Building the image takes minutes where nothing is cached. */
const upLimitMs = 900_000;
const readyLimitMs = 180_000;
/** Each container of ours, by service and number. */
const containers = [
  ['sensing', 1],
  ['dispatch', 1],
  ['dispatch', 2],
  ['gateway', 1],
] as const;

/** deploy/compose.yml as it stands, with images by the environment (NODE_IMAGE, POSTGRES_IMAGE, …) and secrets of its own. */
export class ComposePlatform extends Platform {
  private constructor(
    private readonly folder: string,
    private readonly project: string,
    private readonly ports: { http: number; mqtt: number },
  ) {
    super();
  }

  /**
   * Why it does not run here, if so. It builds an image and fills volumes, so it is run only where it is asked for: by
   * TEST_COMPOSE=short, or `all` for suites that take minutes too.
   */
  static missing(long: boolean): string | undefined {
    const asked = process.env['TEST_COMPOSE'];
    if (asked !== 'all' && (long || asked !== 'short')) return `TEST_COMPOSE is not ${long ? 'all' : 'short or all'}`;
    try {
      execFileSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 });
      return undefined;
    } catch {
      return 'no container engine answers';
    }
  }

  static async create(): Promise<ComposePlatform> {
    const folder = await mkdtemp(join(tmpdir(), 'smart-community-compose-'));
    return new ComposePlatform(folder, `sc-${randomBytes(4).toString('hex')}`, {
      http: await freePort(),
      mqtt: await freePort(),
    });
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.ports.http}`;
  }

  get mqttUrl(): string {
    return `mqtt://127.0.0.1:${this.ports.mqtt}`;
  }

  async start(): Promise<void> {
    const secrets = ['POSTGRES', 'REDIS', 'INFLUX', 'MQTT'].map(
      (name) => `${name}_PASSWORD=${randomBytes(24).toString('hex')}`,
    );
    const settings = [`HTTP_PORT=${this.ports.http}`, `MQTT_PORT=${this.ports.mqtt}`, 'DEMO=--demo'];
    await writeFile(join(this.folder, '.env'), [...secrets, ...settings, ''].join('\n'), { mode: 0o600 });
    await this.compose(['up', '-d', '--build'], upLimitMs);
    for (const [service, index] of containers) {
      const check = ['exec', '-T', `--index=${index}`, service, 'node', 'deploy/healthcheck.mjs'];
      await waitUntil(
        () =>
          this.compose(check).then(
            () => true,
            () => false,
          ),
        readyLimitMs,
      ).catch(async () => {
        throw new Error(
          `${service} ${index} is not ready:\n${(await this.compose(['logs', '--tail=60'])).slice(-8000)}`,
        );
      });
    }
  }

  async demo(): Promise<DemoFile> {
    return demoFileSchema.parse(
      JSON.parse(await this.compose(['exec', '-T', 'gateway', 'cat', '/data/secrets/demo.json'])),
    );
  }

  async dispose(): Promise<void> {
    await this.compose(['down', '--volumes', '--timeout', '25'], readyLimitMs);
    await rm(this.folder, { recursive: true, force: true });
  }

  /** @returns what it printed */
  private async compose(arguments_: string[], timeout = 30_000): Promise<string> {
    const own = findProgram('docker-compose');
    const [program, ...first] = own ? [own] : ['docker', 'compose'];
    const common = ['-p', this.project, '-f', 'deploy/compose.yml', '--env-file', join(this.folder, '.env')];
    const { stdout } = await run(program!, [...first, ...common, ...arguments_], {
      timeout,
      maxBuffer: 64 * 1024 * 1024,
      // Compose prefers the environment to the file.
      env: Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^(HTTP_PORT|MQTT_PORT|LOG_LEVEL)$/.test(name)),
      ),
    });
    return stdout;
  }
}
