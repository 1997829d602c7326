import type { Connection } from './connection-state.js';

interface Attendance {
  /** Undefined until it or somebody else said so. */
  up: boolean | undefined;
  /** Of each device what it said of its parts. */
  parts: Map<string, Map<string, boolean>>;
  told: Map<string, Connection>;
  toldAt: number;
}

export interface AttendanceChange {
  deviceId: string;
  state: Connection;
  ts: number;
  /** What is away: the bridge, or a part of the device. */
  because?: string;
}

/**
 * Which devices of bridges are there: those of a bridge that is there, all of whose parts work. Bridges repeat themselves
 * every few seconds; only what changes is told. Forgotten at a restart: then it is told once more.
 */
export class BridgeAttendance {
  private readonly bridges = new Map<string, Attendance>();

  bridge(bridgeId: string, up: boolean): void {
    this.of(bridgeId).up = up;
  }

  part(bridgeId: string, externalId: string, part: string, works: boolean): void {
    const { parts } = this.of(bridgeId);
    const known = parts.get(externalId) ?? new Map<string, boolean>();
    parts.set(externalId, known.set(part, works));
  }

  /** @param at in ms; what is told of one bridge never runs backwards, or an old word would outlast a new one */
  changes(bridgeId: string, devices: ReadonlyMap<string, string>, at: number): AttendanceChange[] {
    const attendance = this.of(bridgeId);
    const ts = Math.max(at, attendance.toldAt + 1);
    const changes: AttendanceChange[] = [];
    for (const [externalId, deviceId] of devices) {
      const state = stateOf(attendance, externalId);
      if (!state || attendance.told.get(deviceId) === state.state) continue;
      attendance.told.set(deviceId, state.state);
      changes.push({ deviceId, ts, ...state });
    }
    if (changes.length > 0) attendance.toldAt = ts;
    return changes;
  }

  private of(bridgeId: string): Attendance {
    let attendance = this.bridges.get(bridgeId);
    if (!attendance) {
      attendance = { up: undefined, parts: new Map(), told: new Map(), toldAt: 0 };
      this.bridges.set(bridgeId, attendance);
    }
    return attendance;
  }
}

function stateOf({ up, parts }: Attendance, externalId: string): { state: Connection; because?: string } | undefined {
  if (up === false) return { state: 'offline', because: 'bridge' };
  if (up === undefined) return undefined;
  for (const [part, works] of parts.get(externalId) ?? []) if (!works) return { state: 'offline', because: part };
  return { state: 'online' };
}
