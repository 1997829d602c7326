import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type DemoFile, demoFileSchema } from '@sc/contracts';
import { createTestDatabase, type TestDatabase } from './database.js';
import { Platform } from './platform.js';
import { Program } from './program.js';
import { findProgram, freePort } from './services/binary.js';
import { isAbsent, provide, type Service } from './services/index.js';

const programs = ['sensing', 'dispatch-1', 'dispatch-2', 'gateway'] as const;
type ProgramName = (typeof programs)[number];

/** Servers of one deployment. */
interface Servers {
  redis: Service;
  influxdb: Service;
}

/**
 * The product in several processes: sensing, dispatch twice and a gateway on Mosquitto, PostgreSQL, Redis and InfluxDB, wired as
 * deploy/compose.yml does.
 */
export class SplitPlatform extends Platform {
  private readonly running = new Map<ProgramName, { program: Program; port: number }>();
  private broker?: Program;

  private constructor(
    /** Not Mosquitto and PostgreSQL. */
    readonly servers: Servers,
    private readonly database: TestDatabase,
    private readonly dataDir: string,
    private readonly ports: { http: number; mqtt: number; platform: number },
  ) {
    super();
  }

  /** What this machine lacks for it, if something. */
  static missing(): string | undefined {
    const absent = ['mosquitto', 'redis-server', 'influxd'].filter((name) => !findProgram(name));
    return absent.length > 0 ? `not installed: ${absent.join(', ')}` : undefined;
  }

  /** Starts the servers. */
  static async create(): Promise<SplitPlatform> {
    const [redis, influxdb] = [await provide('redis', { control: true }), await provide('influxdb', { control: true })];
    if (isAbsent(redis) || isAbsent(influxdb)) throw new Error(SplitPlatform.missing());
    const dataDir = await mkdtemp(join(tmpdir(), 'smart-community-split-'));
    // Mosquitto runs as a user of its own and has to reach what lies below.
    await chmod(dataDir, 0o755);
    const ports = { http: await freePort(), mqtt: await freePort(), platform: await freePort() };
    return new SplitPlatform({ redis, influxdb }, await createTestDatabase(), dataDir, ports);
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.ports.http}`;
  }

  get mqttUrl(): string {
    return `mqtt://127.0.0.1:${this.ports.mqtt}`;
  }

  async start(): Promise<void> {
    const password = randomBytes(24).toString('hex');
    const environment = {
      PATH: process.env['PATH'] ?? '',
      DATA_DIR: this.dataDir,
      DATABASE_URL: this.database.url,
      REDIS_URL: this.servers.redis.url,
      INFLUX_URL: this.servers.influxdb.url,
      INFLUX_BUCKET: `t_${randomBytes(6).toString('hex')}`,
      MQTT_URL: `mqtt://platform:${password}@127.0.0.1:${this.ports.platform}`,
      LOG_LEVEL: 'info',
    };
    const node = (name: string, app: string, extra: Record<string, string> = {}, ...arguments_: string[]) =>
      new Program(name, [process.execPath, resolve(`dist/apps/${app}/src/main.js`), ...arguments_], {
        ...environment,
        ...extra,
      });
    await node('prepare', 'prepare', {}, '--demo').run();
    this.broker = await this.mosquitto();
    const broker = this.broker.start(async () => this.broker?.output.includes('waiting') ?? false);
    for (const name of programs) {
      const port = name === 'gateway' ? this.ports.http : await freePort();
      const app = name.replace(/-\d$/, '');
      this.running.set(name, { program: node(name, app, { HTTP_PORT: String(port) }), port });
    }
    await broker;
    await Promise.all(programs.map((name) => this.startProgram(name)));
  }

  /** As after an end or a kill of it. */
  async startProgram(name: ProgramName): Promise<void> {
    const { program, port } = this.part(name);
    await program.start(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200);
  }

  async killProgram(name: ProgramName): Promise<void> {
    await this.part(name).program.end('SIGKILL');
  }

  /** What a program said. */
  output(name: ProgramName): string {
    return this.part(name).program.output;
  }

  async demo(): Promise<DemoFile> {
    return demoFileSchema.parse(JSON.parse(await readFile(join(this.dataDir, 'secrets', 'demo.json'), 'utf8')));
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.running.values()].map(({ program }) => program.end('SIGTERM')));
    await this.broker?.end('SIGTERM');
    await Promise.all([this.servers.redis.stop(), this.servers.influxdb.stop(), this.database.drop()]);
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private part(name: ProgramName): { program: Program; port: number } {
    const part = this.running.get(name);
    if (!part) throw new Error(`${name} was never started`);
    return part;
  }

  /** The broker of deploy/, with its own configuration moved to folders and ports of this test. */
  private async mosquitto(): Promise<Program> {
    const folder = join(this.dataDir, 'broker');
    for (const part of ['run', 'data']) {
      await mkdir(join(folder, part), { recursive: true });
      await chmod(join(folder, part), 0o777);
    }
    const original = await readFile('deploy/mosquitto/mosquitto.conf', 'utf8');
    const config = original
      .replaceAll('/mosquitto/run', join(folder, 'run'))
      .replaceAll('/mosquitto/data', join(folder, 'data'))
      .replace('listener 1883', `listener ${this.ports.mqtt} 127.0.0.1`)
      .replace('listener 1884', `listener ${this.ports.platform} 127.0.0.1`);
    await writeFile(join(folder, 'mosquitto.conf'), config);
    return new Program('mosquitto', ['/bin/sh', resolve('deploy/mosquitto/entrypoint.sh')], {
      PATH: `${process.env['PATH']}:/usr/sbin:/usr/local/sbin`,
      BROKER_FILES: join(this.dataDir, 'mosquitto'),
      BROKER_RUN: join(folder, 'run'),
      BROKER_CONFIG: join(folder, 'mosquitto.conf'),
      BROKER_OWNER: process.getuid?.() === 0 ? 'mosquitto' : String(process.getuid?.()),
      BROKER_LOOK_EVERY: '0.2',
    });
  }
}
