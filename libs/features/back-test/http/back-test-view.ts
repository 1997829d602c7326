import { type BackTest, backTestErrors } from '@sc/contracts';
import type { BackTestRow } from '../back-test-store.js';

/** In a list the result is left out: it may be some hundred kilobytes. */
export function backTestView(row: Omit<BackTestRow, 'result'>, result: BackTestRow['result'] = null): BackTest {
  return {
    id: row.id,
    state: row.state,
    progress: row.progress,
    readings: row.readings,
    error: backTestErrors.find((code) => code === row.error) ?? (row.state === 'failed' ? 'failed' : null),
    ruleId: row.ruleId,
    rule: row.rule,
    stored: row.stored,
    areaId: row.areaId,
    devices: row.deviceIds.length,
    from: row.fromAt.toISOString(),
    to: row.toAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    result,
  };
}
