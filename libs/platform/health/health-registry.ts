import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Health } from '@sc/contracts';

export interface HealthCheck {
  /** What is checked: `database`, `time-series`, `queue`, `mqtt`. */
  name: string;
  /** Rejects when it is not well. The message is shown to everybody who can reach the port: no secrets, no addresses. */
  check: () => Promise<void>;
  /** `false`: the platform goes on without it, `degraded` instead of `unavailable`. Default `true`. */
  needed?: boolean;
  /** Default 2,000. */
  timeoutMs?: number;
}

/** Why a check fails, as a code that the report may show. */
export class Unwell extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Answers are kept this long, so that eager probes cost the stores nothing. */
const reuseMs = 1000;

/** What this process needs to do its work, and whether it has it. */
@Injectable()
export class HealthRegistry implements OnModuleDestroy {
  private readonly checks = new Map<string, Required<HealthCheck>>();
  private latest: Promise<Health> | undefined;
  private stopping = false;

  /** @throws Error when the name is taken: two checks of one name would hide each other */
  register(check: HealthCheck): void {
    if (this.checks.has(check.name)) throw new Error(`health check ${check.name} is registered twice`);
    this.checks.set(check.name, { needed: true, timeoutMs: 2000, ...check });
  }

  /** The first hook of a stop: from here on nobody should send us new work. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Never rejects and never takes longer than the slowest check's time limit. */
  async report(): Promise<Health> {
    if (this.stopping) return { status: 'shutting-down', checks: {} };
    if (!this.latest) {
      this.latest = this.run();
      setTimeout(() => (this.latest = undefined), reuseMs).unref();
    }
    return this.latest;
  }

  private async run(): Promise<Health> {
    const results = await Promise.all(
      [...this.checks.values()].map(async (check) => ({ check, error: await failureOf(check) })),
    );
    const down = results.filter(({ error }) => error !== undefined);
    return {
      status: down.length === 0 ? 'ok' : down.some(({ check }) => check.needed) ? 'unavailable' : 'degraded',
      checks: Object.fromEntries(
        results.map(({ check, error }) => [
          check.name,
          error === undefined ? { status: 'up' } : { status: 'down', detail: error },
        ]),
      ),
    };
  }
}

async function failureOf({ check, timeoutMs }: Required<HealthCheck>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${timeoutMs} ms`), timeoutMs);
  });
  const answer = (async () => check())().then(
    () => undefined,
    // Only the error's own code or kind: messages of drivers name hosts and users.
    (error: unknown) =>
      String((error as { code?: unknown } | null)?.code ?? (error instanceof Error ? error.name : 'failed')),
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
