import type { CaseLimits, ChainStep, Position, Severity, StaffingAssumptions } from '@sc/contracts';
import type { WorkingCalendar } from '@sc/features/calendars';
import type { Times } from './random.js';

/** A case as it came in. */
export interface PlannedCase {
  at: number;
  category: string;
  severity: Severity;
  areaId: string;
  /** Of the area, from the root down. */
  path: readonly string[];
  gridId: string;
  communityId: string;
  position: Position | null;
  limits: Pick<CaseLimits, 'accept' | 'handle' | 'verify'>;
  skills: readonly string[];
  teamId: string | null;
  /** Known for this very case, else drawn from those of its category. */
  handlingMinutes: number | null;
  /** The chain it goes along. */
  chain: readonly ChainStep[];
  calendar: WorkingCalendar;
}

export interface PlannedShift {
  from: number;
  to: number;
  areaId: string;
  path: readonly string[];
  /** Where somebody is who has not said where they are. */
  centre: Position | null;
}

export interface Officer {
  id: string;
  name: string;
  /** `null`: does not exist yet. */
  personId: string | null;
  skills: readonly string[];
  teams: readonly string[];
  /** In order. */
  shifts: readonly PlannedShift[];
}

/** Somebody above the officers, always there. */
export interface Superior {
  id: string;
  role: 'manager' | 'operator';
  areaId: string;
}

/** How long things took, in minutes. */
export interface History {
  accept(category: string): Times;
  handle(category: string): Times;
  verify(category: string): Times;
}

export interface World {
  from: number;
  to: number;
  /** By time. */
  cases: readonly PlannedCase[];
  officers: readonly Officer[];
  superiors: readonly Superior[];
  history: History;
  assumptions: StaffingAssumptions;
}

/** What became of a case: instants, `null` where it did not come to that. */
export interface CaseRecord {
  category: string;
  at: number;
  givenAt: number | null;
  acceptedAt: number | null;
  /** Somebody set out for it. */
  begunAt: number | null;
  reportedAt: number | null;
  closedAt: number | null;
  acceptDue: number | null;
  handleDue: number | null;
  verifyDue: number | null;
  /** Somebody else than the first had to be asked. */
  wentUp: boolean;
  withManager: boolean;
  /** Nobody at all could be asked when it came in. */
  nobody: boolean;
}

export const newRecord = (category: string, at: number): CaseRecord => ({
  category,
  at,
  givenAt: null,
  acceptedAt: null,
  begunAt: null,
  reportedAt: null,
  closedAt: null,
  acceptDue: null,
  handleDue: null,
  verifyDue: null,
  wentUp: false,
  withManager: false,
  nobody: false,
});
