import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { ruleSchema } from '../../dist/libs/contracts/index.js';
import { atEnd } from './cleanup.mjs';

const text = (words) => ({ 'zh-CN': words, en: words });
/** What the load's devices send. */
const sentMetrics = ['temperature', 'fillPercent', 'tilt'];

/** The platform's own PostgreSQL: there is no other door to more rules yet. */
export async function connectToDatabase(platform) {
  const password = await readFile(join(platform.dataDir, 'secrets', 'postgres-password'), 'utf8');
  const client = new pg.Client({
    host: '127.0.0.1',
    port: await platform.postgresPort(),
    user: 'postgres',
    database: 'smart_community',
    password: password.trim(),
  });
  client.on('error', () => undefined);
  await client.connect();
  atEnd(() => client.end().catch(() => undefined));
  return client;
}

/**
 * Leaves so many rules in force. Those beyond the default ones are thresholds on metrics of their own, evenly over the domains;
 * `aimed`: all about the metrics that the load sends, so that each is looked at with every message.
 */
export async function setRules(client, { rules, aimed = false }) {
  await client.query(`delete from rules where id like 'bench-%'`);
  const { rows } = await client.query(
    `select id, domain from rules order by domain <> 'sanitation', definition->'condition'->>'kind' <> 'threshold', id`,
  );
  const inForce = rows.slice(0, rules).map(({ id }) => id);
  await client.query('update rules set enabled = id = any($1)', [inForce]);
  const domains = aimed ? ['sanitation'] : [...new Set(rows.map(({ domain }) => domain))];
  for (let n = inForce.length; n < rules; n += 1) {
    const metric = aimed ? sentMetrics[n % sentMetrics.length] : `bench-${n}`;
    const rule = ruleSchema.parse(threshold(`bench-${n}`, domains[n % domains.length], metric));
    await client.query(
      'insert into rules (id, version, domain, enabled, definition, updated_at) values ($1, 1, $2, true, $3, now())',
      [rule.id, rule.domain, JSON.stringify(rule)],
    );
  }
}

/** Never reached: rules cost when they are looked at, alarms are another matter. */
const threshold = (id, domain, metric) => ({
  id,
  version: 1,
  domain,
  title: text(id),
  guidance: text(id),
  condition: {
    kind: 'threshold',
    metric,
    direction: 'above',
    raiseAt: 1e9,
    clearAt: 1e9,
    onDelayMs: 0,
    offDelayMs: 0,
    maxGapMs: 60_000,
  },
  severity: 'minor',
  urgency: 'future',
  certainty: 'observed',
  workOrder: false,
  enabled: true,
  source: text('benchmark'),
});
