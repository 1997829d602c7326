import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second in /proc: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** CPU seconds a process has used, user and system; undefined where there is no /proc. */
export function cpuSeconds(pid) {
  const fields = statOf(pid);
  return fields && ticksOf(fields, 11, 12) / ticksPerSecond;
}

const ticksOf = (fields, ...places) => places.reduce((sum, place) => sum + Number(fields[place]), 0);

/** From the state (field 3 of proc(5)) on: [1] parent, [11] utime, [12] stime, [13] and [14] those of ended children. */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function listProcesses() {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** CPU seconds of a server that works in children of its own, PostgreSQL: those that run, and those that have ended. */
export function familyCpuSeconds(pid) {
  let sum = 0;
  for (const name of listProcesses()) {
    const fields = statOf(name);
    if (!fields) continue;
    if (Number(name) === pid) sum += ticksOf(fields, 11, 12, 13, 14);
    else if (Number(fields[1]) === pid) sum += ticksOf(fields, 11, 12);
  }
  return sum / ticksPerSecond;
}

/** Process id of a child with this program name; undefined when there is none. */
export function childOf(parent, name) {
  const found = listProcesses().find(
    (pid) => Number(statOf(pid)?.[1]) === parent && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === name,
  );
  return found && Number(found);
}

/** Resident memory of a process in MB. */
export function residentMb(pid) {
  try {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match ? Number(match[1]) / 1024 : undefined;
  } catch {
    return undefined;
  }
}

/** @param numbers at least one */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median with the smallest and the largest: with few rounds nothing finer is honest. */
export function spread(values) {
  const numbers = values.filter((value) => Number.isFinite(value));
  if (numbers.length === 0) return undefined;
  return { median: median(numbers), min: Math.min(...numbers), max: Math.max(...numbers), rounds: numbers.length };
}

/** p50, p95, p99 (nearest rank) and max in the unit of the numbers. */
export function percentiles(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const rank = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  return { p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: sorted.at(-1), count: sorted.length };
}

/** `spread` of each number that the rounds have in common. */
export const spreads = (rounds) =>
  Object.fromEntries(
    Object.keys(rounds[0])
      .filter((key) => typeof rounds[0][key] === 'number')
      .map((key) => [key, spread(rounds.map((round) => round[key]))]),
  );
