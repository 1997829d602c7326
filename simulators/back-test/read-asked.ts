import { readFile } from 'node:fs/promises';
import { type CreateBackTest, createBackTestSchema, slugSchema } from '@sc/contracts';
import { UsageError } from '../run-command.js';

export interface AskedByCommand {
  /** Id of a stored rule, or the name of a file that holds one. */
  rule: string;
  from: string;
  to: string;
  area?: string | undefined;
  devices?: string[] | undefined;
}

/** What the command asks of the platform. @throws UsageError in one line that says what is wrong */
export async function readAsked({ rule, from, to, area, devices }: AskedByCommand): Promise<CreateBackTest> {
  const asked = {
    ...(slugSchema.safeParse(rule).success ? { ruleId: rule } : { rule: await ruleFile(rule) }),
    from: instant('--from', from),
    to: instant('--to', to),
    ...(area === undefined ? {} : { areaId: area }),
    ...(devices === undefined ? {} : { deviceIds: devices }),
  };
  const parsed = createBackTestSchema.safeParse(asked);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${issue?.path.join('.')}: ${issue?.message}`);
}

async function ruleFile(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`--rule is the id of a rule or a file: there is no file ${path}`);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${path} is not JSON: ${(cause as Error).message}`);
  }
}

function instant(name: string, text: string): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new UsageError(`${name} is a time such as 2026-05-01 or 2026-05-01T06:00:00Z`);
  return new Date(ms).toISOString();
}
