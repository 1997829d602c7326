import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@sc/platform/embedded-postgres';
import { createLogger } from '@sc/platform/logging';

const logger = createLogger('fatal');
const isRoot = process.getuid?.() === 0;

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

/** Retries while the server is on its way up again. */
async function queryWhenBack(url: string, sql: string): Promise<Record<string, unknown>[]> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await query(url, sql);
    } catch (error) {
      if (attempt === 300) throw error;
      await sleep(50);
    }
  }
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

describe('embedded PostgreSQL', () => {
  let base: string;
  let dataDir: string;
  let systemRoot: string;
  const running: EmbeddedPostgres[] = [];
  /** What cases share, each made when the first of them wants it. */
  const shared = mkdtempSync(join(tmpdir(), 'embedded-postgres-shared-'));
  const program = join(shared, 'program');
  chmodSync(shared, 0o755);
  afterAll(() => rmSync(shared, { recursive: true, force: true }));

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'embedded-postgres-'));
    chmodSync(base, 0o755);
    dataDir = join(base, 'data');
    systemRoot = join(base, 'var lib');
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop();
    rmSync(base, { recursive: true, force: true });
  });

  async function start(): Promise<EmbeddedPostgres> {
    const postgres = await startEmbeddedPostgres({ dataDir, logger, systemRoot });
    running.push(postgres);
    return postgres;
  }

  /** On a copy of a folder that was started and stopped before: most of the time of a first start goes into making the cluster. */
  async function startAgain(): Promise<EmbeddedPostgres> {
    const made = join(shared, 'made');
    if (!existsSync(made)) await (await startEmbeddedPostgres({ dataDir: made, logger, systemRoot })).stop();
    execFileSync('cp', ['-a', made, dataDir]);
    return start();
  }

  /** Starts it from a process of its own, which can then be killed. */
  async function startElsewhere(uid?: number): Promise<{ program: ChildProcess; url: string; pid: number }> {
    compileProgram();
    const child = spawn(process.execPath, [join(program, 'main.js'), dataDir, systemRoot], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      ...(uid ? { uid, gid: uid } : {}),
    });
    let output = '';
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    while (!output.includes('\n')) {
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${errors}`);
      await sleep(20);
    }
    return { program: child, ...(JSON.parse(output) as { url: string; pid: number }) };
  }

  /** The library compiled into a folder that any account can read, as in an ordinary user's checkout. */
  function compileProgram(): void {
    if (existsSync(join(program, 'main.js'))) return;
    const root = join(import.meta.dirname, '..', '..');
    mkdirSync(program, { recursive: true });
    writeFileSync(join(program, 'package.json'), '{"type":"module"}');
    const sources = ['embedded-postgres', 'clock'].map((name) => join(root, 'libs', 'platform', name, 'index.ts'));
    execFileSync(
      process.execPath,
      [
        join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
        ...[
          '--ignoreConfig',
          '--target',
          'es2024',
          '--module',
          'nodenext',
          '--skipLibCheck',
          '--noCheck',
          '--experimentalDecorators',
        ],
        ...['--types', 'node', '--typeRoots', join(root, 'node_modules', '@types')],
        ...['--rootDir', root, '--outDir', join(program, 'built'), ...sources],
      ],
      { cwd: program, stdio: 'pipe' },
    );
    const folder = join(program, 'built', 'libs', 'platform', 'embedded-postgres');
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('@sc/platform/clock', '../clock/index.js'));
    }
    execFileSync('ln', ['-s', join(root, 'node_modules'), join(program, 'node_modules')]);
    writeFileSync(
      join(program, 'main.js'),
      `import { startEmbeddedPostgres } from './built/libs/platform/embedded-postgres/index.js';
       const silent = { error() {}, warn() {}, info() {}, debug() {} };
       const [dataDir, systemRoot] = process.argv.slice(2);
       const postgres = await startEmbeddedPostgres({ dataDir, systemRoot, logger: silent });
       process.once('SIGTERM', async () => { await postgres.stop(); process.exit(0); });
       console.log(JSON.stringify({ url: postgres.url, pid: postgres.pid }));
       setInterval(() => {}, 1000);`,
    );
  }

  it('creates a database that keeps its rows over a restart', async () => {
    const first = await start();
    await query(first.url, 'create table kept (text text)');
    await query(first.url, "insert into kept values ('社区')");
    await first.stop();
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start();
    expect(await query(second.url, 'select text from kept')).toEqual([{ text: '社区' }]);
  });

  it('runs with the settings that the promises rest on', async () => {
    const { url } = await startAgain();
    const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'TimeZone'];
    const values = await query(url, `select ${names.map((name) => `current_setting('${name}') "${name}"`).join()}`);
    expect(values).toEqual([
      {
        fsync: 'on',
        synchronous_commit: 'on',
        full_page_writes: 'on',
        listen_addresses: '127.0.0.1',
        TimeZone: 'UTC',
      },
    ]);
    const [encoding] = await query(
      url,
      'select pg_encoding_to_char(encoding) e, datlocale l from pg_database where datname = current_database()',
    );
    expect(encoding).toEqual({ e: 'UTF8', l: 'C.UTF-8' });
  });

  it('gives us our database and nothing of the server', async () => {
    const { url } = await startAgain();
    expect(await query(url, 'select rolsuper, rolcreaterole from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: false, rolcreaterole: false },
    ]);
    await expect(query(url, "copy (select 1) to program 'true'")).rejects.toThrow('permission denied');
    await expect(query(url.replace(/:[0-9a-f]{64}@/, ':wrong@'), 'select 1')).rejects.toThrow(
      'password authentication failed',
    );
    expect(statSync(join(dataDir, 'secrets', 'postgres-password')).mode & 0o777).toBe(0o600);
  });

  it('keeps row values out of its log', async () => {
    const { url } = await startAgain();
    await query(url, 'create table person (name text unique)');
    await query(url, "insert into person values ('zhang-san')");
    await expect(query(url, "insert into person values ('zhang-san')")).rejects.toThrow('duplicate key');
    await expect(query(url, "select 'zhang-san'::int")).rejects.toThrow();
    expect(readFileSync(join(dataDir, 'logs', 'postgres.log'), 'utf8')).not.toContain('insert into person');
  });

  it('works below a folder with spaces, quotes, Chinese and a very long name', async () => {
    dataDir = join(base, 'a b\'s "数据" 目录', 'x'.repeat(120), 'data');
    const { url } = await start();
    expect(await query(url, 'select 1 one')).toEqual([{ one: 1 }]);
  });

  it('is up again at the same address after its server was killed', async () => {
    const postgres = await startAgain();
    await query(postgres.url, 'create table kept as select generate_series(1, 1000) n');
    for (let round = 0; round < 3; round++) {
      const killed = postgres.pid;
      process.kill(killed, 'SIGKILL');
      while (isAlive(killed)) await sleep(10);
      expect(await queryWhenBack(postgres.url, 'select count(*)::int n from kept')).toEqual([{ n: 1000 }]);
      while (postgres.pid === killed) await sleep(10);
    }
  });

  it('stops for good when it is stopped right after its server was killed', async () => {
    const postgres = await startAgain();
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.stop();
    await sleep(500);
    await expect(query(postgres.url, 'select 1')).rejects.toThrow();
  });

  it.each([
    ['live and unrelated', () => process.pid],
    ['dead', () => 4_194_303],
  ])('is not blocked by a lock file whose process is %s', async (_: string, pid: () => number) => {
    await (await startAgain()).stop();
    writeFileSync(
      join(dataDir, 'postgres', 'postmaster.pid'),
      `${pid()}\n${join(dataDir, 'postgres')}\n1\n1\n\n127.0.0.1\n0\nready\n`,
    );
    expect(await query((await start()).url, 'select 1 one')).toEqual([{ one: 1 }]);
  });

  it('starts over after a kill in the middle of the first start', async () => {
    mkdirSync(join(dataDir, 'postgres.new-0123456789ab', 'base'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres.new-0123456789ab', 'PG_VERSION'), '18');
    const { url } = await start();
    expect(await query(url, 'select 1 one')).toEqual([{ one: 1 }]);
    expect(readdirSync(dataDir).filter((name) => name.includes('.new-'))).toEqual([]);
  });

  it('says what is missing when the password of an existing database is gone', async () => {
    await (await startAgain()).stop();
    rmSync(join(dataDir, 'secrets'), { recursive: true });
    await expect(startEmbeddedPostgres({ dataDir, logger, systemRoot })).rejects.toThrow(
      'postgres-password is missing',
    );
  });

  it('takes over from a program that was killed, with everything it had committed', async () => {
    const orphaned = await startElsewhere();
    await query(orphaned.url, 'create table kept as select 42 answer');
    orphaned.program.kill('SIGKILL');
    await once(orphaned.program, 'exit');
    expect(isAlive(orphaned.pid)).toBe(true);

    const { url, pid } = await start();
    expect(pid).not.toBe(orphaned.pid);
    expect(isAlive(orphaned.pid)).toBe(false);
    expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('leaves another server on another folder alone', async () => {
    const other = await startAgain();
    dataDir = join(base, 'second');
    mkdirSync(dataDir);
    await start();
    expect(await query(other.url, 'select 1 one')).toEqual([{ one: 1 }]);
  });

  const asRoot = isRoot ? describe : describe.skip;
  asRoot('started as root (these cases need root, because they switch accounts)', () => {
    it('runs the server under an account without privileges', async () => {
      const { pid } = await startAgain();
      expect(readFileSync(`/proc/${pid}/status`, 'utf8')).not.toMatch(/^Uid:\s+0/m);
      expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Groups:\s*$/m);
    });

    it('keeps the database elsewhere when that account cannot reach DATA_DIR, and stays there', async () => {
      mkdirSync(dataDir);
      chmodSync(dataDir, 0o700);
      const first = await start();
      await query(first.url, 'create table kept as select 42 answer');
      expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
      await first.stop();

      chmodSync(dataDir, 0o755);
      expect(await query((await start()).url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    });

    it('sets the database of a removed DATA_DIR aside', async () => {
      for (const isFirst of [true, false]) {
        mkdirSync(dataDir);
        chmodSync(dataDir, 0o700);
        const { program, url } = await startElsewhere();
        await query(url, 'create table fresh ()');
        program.kill(isFirst ? 'SIGKILL' : 'SIGTERM');
        await once(program, 'exit');
        if (isFirst) rmSync(dataDir, { recursive: true });
      }
      const [folder] = readdirSync(systemRoot);
      expect(readdirSync(join(systemRoot, folder ?? '')).filter((name) => name.includes('.left-'))).toHaveLength(1);
    });

    it('works from start to stop for an ordinary user', async () => {
      const nobody = 65_534;
      mkdirSync(dataDir);
      chownSync(dataDir, nobody, nobody);
      for (const kill of ['SIGTERM', 'SIGKILL', 'SIGTERM'] as const) {
        const { program, url, pid } = await startElsewhere(nobody);
        expect(await query(url, 'select 1 one')).toEqual([{ one: 1 }]);
        expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Uid:\s+65534\s+65534/m);
        program.kill(kill);
        await once(program, 'exit');
        expect(isAlive(pid)).toBe(kill === 'SIGKILL');
      }
    });
  });
});
