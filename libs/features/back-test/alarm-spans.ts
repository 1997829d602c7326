import { compareSeverity, type Rule, type Severity } from '@sc/contracts';
import type { AlarmTransition } from '@sc/features/detection';

/** From when to when a condition held, and so an alarm would have stood. Times in ms. */
export interface AlarmSpan {
  deviceId: string;
  subject: string;
  severity: Severity;
  begin: number;
  /** `undefined`: it still holds. */
  end: number | undefined;
  cause: Record<string, unknown>;
}

/** When (ms) a person ended the alarm of that condition between the two moments, if one did. */
export type EndedByPerson = (span: AlarmSpan, before: number) => number | undefined;

/** Makes alarms of transitions; remembers only those that hold. */
export class AlarmSpans {
  private readonly open = new Map<string, AlarmSpan>();

  constructor(
    private readonly rule: Pick<Rule, 'severity'>,
    private readonly endedByPerson: EndedByPerson,
    private readonly onEnd: (span: AlarmSpan) => void,
  ) {}

  take(transitions: readonly AlarmTransition[]): void {
    for (const transition of transitions) {
      const key = `${transition.deviceId} ${transition.subject}`;
      if (transition.kind === 'clear') this.end(key, transition.at);
      else this.beginOrRise(key, transition);
    }
  }

  /** Nothing more comes. */
  finish(now: number): void {
    for (const [key, span] of [...this.open]) this.end(key, this.endedByPerson(span, now));
  }

  private beginOrRise(key: string, transition: AlarmTransition): void {
    const standing = this.open.get(key);
    if (standing && transition.kind === 'raise') {
      // What no device can end is told each time anew, because a person may have ended it: did one?
      const endedAt = this.endedByPerson(standing, transition.at);
      if (endedAt === undefined) return;
      this.end(key, endedAt);
    }
    const severity = transition.level?.severity ?? this.rule.severity;
    const holds = this.open.get(key);
    if (holds) {
      if (compareSeverity(severity, holds.severity) < 0) holds.severity = severity;
      return;
    }
    const { deviceId, subject, at: begin, cause } = transition;
    this.open.set(key, { deviceId, subject, severity, begin, end: undefined, cause });
  }

  private end(key: string, at: number | undefined): void {
    const span = this.open.get(key);
    if (!span) return;
    this.open.delete(key);
    this.onEnd({ ...span, end: at });
  }
}
