import type { Reading, ReadingValue } from './time-series.js';

/**
 * How a reading lies in InfluxDB: measurement `reading`, tags `device` and `metric`, and three fields that each have one type for
 * ever, so that a metric which was a number and becomes a text is not refused as a type conflict:
 * `k` what the value is (0 number, 1 boolean, 2 text; on every reading), `n` the number or 0/1, `s` the text.
 */
export const MEASUREMENT = 'reading';
export const NUMBER = 0;
export const BOOLEAN = 1;
export const TEXT = 2;

/** Nanoseconds in 64 bits end in the years 1677 and 2262. */
export const MAX_TIME_MS = 9_223_372_036_854;

export function lineOf({ deviceId, metric, ts, value }: Reading): string {
  return `${MEASUREMENT},device=${encodeName(deviceId)},metric=${encodeName(metric)} ${fieldsOf(value)} ${ts}`;
}

/** @returns undefined for what another program wrote */
export function decodeValue(kind: unknown, number: unknown, text: unknown): ReadingValue | undefined {
  if (kind === TEXT) return typeof text === 'string' ? text : undefined;
  if (typeof number !== 'number') return undefined;
  return kind === BOOLEAN ? number !== 0 : kind === NUMBER ? number : undefined;
}

/**
 * A name in an alphabet that means nothing in line protocol nor in InfluxQL: what the contract allows in names stays as it is, the rest
 * is percent-encoded. So a name can break out of neither, and line breaks survive, which line protocol cannot hold in tags.
 */
export function encodeName(name: string): string {
  if (/^[\w/:.-]+$/.test(name)) return name;
  // InfluxDB drops tags without a value.
  if (name === '') return '%';
  return encodeURIComponent(name.toWellFormed())
    .replace(/[!'()*~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/')
    .replaceAll('%3A', ':');
}

export function decodeName(encoded: string): string {
  if (!encoded.includes('%')) return encoded;
  if (encoded === '%') return '';
  try {
    return decodeURIComponent(encoded);
  } catch {
    // Written by another program.
    return encoded;
  }
}

function fieldsOf(value: ReadingValue): string {
  if (typeof value === 'number') return `k=${NUMBER}i,n=${value}`;
  if (typeof value === 'boolean') return `k=${BOOLEAN}i,n=${value ? 1 : 0}`;
  return `k=${TEXT}i,s=${quoted(value)}`;
}

export function quoted(text: string): string {
  return `"${text.toWellFormed().replace(/["\\]/g, '\\$&')}"`;
}
