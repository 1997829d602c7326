import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
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
  private mosquitto?: Program;
  private readonly bucket = `t_${randomBytes(6).toString('hex')}`;

  private constructor(
    /** Not Mosquitto and PostgreSQL. */
    readonly servers: Servers,
    private readonly database: Pick<TestDatabase, 'url' | 'drop'>,
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

  /** Starts the servers. @param database for tests that end its server; left out, one on the PostgreSQL of the test run */
  static async create(database?: Pick<TestDatabase, 'url' | 'drop'>): Promise<SplitPlatform> {
    const [redis, influxdb] = [await provide('redis', { control: true }), await provide('influxdb', { control: true })];
    if (isAbsent(redis) || isAbsent(influxdb)) throw new Error(SplitPlatform.missing());
    const dataDir = await mkdtemp(join(tmpdir(), 'smart-community-split-'));
    // Mosquitto runs as a user of its own and has to reach what lies below.
    await chmod(dataDir, 0o755);
    const ports = { http: await freePort(), mqtt: await freePort(), platform: await freePort() };
    return new SplitPlatform({ redis, influxdb }, database ?? (await createTestDatabase()), dataDir, ports);
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
      INFLUX_BUCKET: this.bucket,
      MQTT_URL: `mqtt://platform:${password}@127.0.0.1:${this.ports.platform}`,
      LOG_LEVEL: 'info',
    };
    const node = (name: string, app: string, extra: Record<string, string> = {}, ...arguments_: string[]) =>
      new Program(name, [process.execPath, resolve(`dist/apps/${app}/src/main.js`), ...arguments_], {
        ...environment,
        ...extra,
      });
    await node('prepare', 'prepare', {}, '--demo').run();
    this.mosquitto = await this.configuredBroker();
    const broker = this.mosquitto.start(async () => this.broker.output.includes('waiting'));
    for (const name of programs) {
      const port = name === 'gateway' ? this.ports.http : await freePort();
      const app = name.replace(/-\d$/, '');
      this.running.set(name, { program: node(name, app, { HTTP_PORT: String(port) }), port });
    }
    await broker;
    await Promise.all(programs.map((name) => this.startProgram(name)));
  }

  get broker(): Program {
    if (!this.mosquitto) throw new Error('Mosquitto was never started');
    return this.mosquitto;
  }

  /** Where the readings are. */
  get influx(): { url: string; database: string } {
    return { url: this.servers.influxdb.url, database: this.bucket };
  }

  /** As after an end or a kill of it. @param extra environment, until it is started again */
  async startProgram(name: ProgramName, extra: Record<string, string> = {}): Promise<void> {
    const { program, port } = this.part(name);
    await program.start(() => isReady(port), extra);
  }

  /** An orderly stop and a start of all of ours, the servers stay. */
  async restartPrograms(extra: Record<string, string> = {}): Promise<void> {
    await Promise.all(programs.map((name) => this.part(name).program.end('SIGTERM')));
    await Promise.all(programs.map((name) => this.startProgram(name, extra)));
  }

  /** Starts those of ours that ended by themselves. @returns the last words of each */
  async keepRunning(): Promise<string[]> {
    const ended = programs.filter((name) => !this.part(name).program.running);
    const said = ended.map((name) => `${name}: ${this.part(name).program.output.slice(-600)}`);
    await Promise.all(ended.map((name) => this.startProgram(name)));
    return said;
  }

  /** As after an end or a kill of it, with what it has on disk. */
  async startBroker(): Promise<void> {
    await this.broker.start(() => answers(this.ports.mqtt));
  }

  /** Whether every one of ours takes work. */
  async isReady(): Promise<boolean> {
    return (await Promise.all([...this.running.values()].map(({ port }) => isReady(port)))).every(Boolean);
  }

  async killProgram(name: ProgramName): Promise<void> {
    await this.part(name).program.end('SIGKILL');
  }

  /** The end of what each program said. */
  outputs(): string {
    return programs.map((name) => `── ${name}\n${this.part(name).program.output.slice(-2000)}`).join('\n');
  }

  async demo(): Promise<DemoFile> {
    return demoFileSchema.parse(JSON.parse(await readFile(join(this.dataDir, 'secrets', 'demo.json'), 'utf8')));
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.running.values()].map(({ program }) => program.end('SIGTERM')));
    await this.mosquitto?.end('SIGTERM');
    await Promise.all([this.servers.redis.stop(), this.servers.influxdb.stop(), this.database.drop()]);
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private part(name: ProgramName): { program: Program; port: number } {
    const part = this.running.get(name);
    if (!part) throw new Error(`${name} was never started`);
    return part;
  }

  /** The broker of deploy/, with its own configuration moved to folders and ports of this test. */
  private async configuredBroker(): Promise<Program> {
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

const isReady = async (port: number): Promise<boolean> =>
  (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200;

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      resolve(true);
      socket.destroy();
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
    socket.setTimeout(500, () => socket.destroy());
  });
}
