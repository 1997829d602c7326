import { type Export, exportErrors } from '@sc/contracts';
import type { ExportRow } from '../export-store.js';

const shownDevices = 10;

export function exportView(row: ExportRow): Export {
  return {
    id: row.id,
    format: row.format,
    state: row.state,
    progress: row.progress,
    rows: row.rows,
    bytes: row.bytes,
    error: exportErrors.find((code) => code === row.error) ?? (row.state === 'failed' ? 'failed' : null),
    areaId: row.areaId,
    devices: row.deviceIds.length,
    deviceIds: row.deviceIds.slice(0, shownDevices),
    metrics: row.metrics,
    from: row.fromAt.toISOString(),
    to: row.toAt.toISOString(),
    fileName: fileNameOf(row),
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}

/** Made of ids and dates alone, which are safe in a header and on every disk. */
export function fileNameOf(row: ExportRow): string {
  const what = row.areaId ?? (row.deviceIds.length === 1 ? row.deviceIds[0]!.replace('/', '_') : 'devices');
  const day = (at: Date) => at.toISOString().slice(0, 10);
  return `readings_${what}_${day(row.fromAt)}_${day(row.toAt)}.${row.format}`;
}
