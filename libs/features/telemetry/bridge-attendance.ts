import type { Connection } from './connection-state.js';

/** `lost`: nobody said why. It may only be starting again. */
export type BridgePresence = 'there' | 'lost' | 'stopped';

/** A recorder that starts again is back within it; a camera that nobody watches for so long is a matter for people. */
export const bridgeGraceMs = 60_000;

interface Attendance {
  /** Undefined until it or somebody else said so. */
  presence: BridgePresence | undefined;
  /** Since when it is lost, once its devices were looked at. */
  lostAt: number | undefined;
  /** Of each device what it said of its parts. */
  parts: Map<string, Map<string, boolean>>;
  told: Map<string, Connection>;
  /** It is lost, and so long that its devices were told of. */
  toldAway: boolean;
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
 * every few seconds; only what changes is told. Forgotten at a restart: then it is told once more. Of a bridge that is lost
 * nothing is told before {@link bridgeGraceMs} are over.
 */
export class BridgeAttendance {
  private readonly bridges = new Map<string, Attendance>();

  bridge(bridgeId: string, presence: BridgePresence): void {
    const attendance = this.of(bridgeId);
    // who said goodbye is also lost a moment later, when its connection ends
    if (presence === 'lost' && attendance.presence === 'stopped') return;
    if (attendance.presence !== presence) attendance.lostAt = undefined;
    attendance.presence = presence;
  }

  /** Lost bridges whose devices are to be told of now. */
  overdue(at: number): string[] {
    return [...this.bridges].flatMap(([bridgeId, { presence, lostAt, toldAway }]) =>
      presence === 'lost' && !toldAway && (lostAt === undefined || at - lostAt >= bridgeGraceMs) ? bridgeId : [],
    );
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
    if (attendance.presence === 'lost') attendance.lostAt ??= at;
    attendance.toldAway = attendance.presence === 'lost' && at - attendance.lostAt! >= bridgeGraceMs;
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
      attendance = {
        presence: undefined,
        lostAt: undefined,
        parts: new Map(),
        told: new Map(),
        toldAway: false,
        toldAt: 0,
      };
      this.bridges.set(bridgeId, attendance);
    }
    return attendance;
  }
}

function stateOf(
  { presence, toldAway, parts }: Attendance,
  externalId: string,
): { state: Connection; because?: string } | undefined {
  if (presence === 'stopped' || toldAway) return { state: 'offline', because: 'bridge' };
  if (presence !== 'there') return undefined;
  for (const [part, works] of parts.get(externalId) ?? []) if (!works) return { state: 'offline', because: part };
  return { state: 'online' };
}
