import type { DutyHours, RotationPlan } from '@sc/contracts';

/** A pattern as people write it: D day, N night, - off. */
export const lettersPattern = /^(?=.*[DN])[DN-]{1,56}$/;

export interface LetterHours {
  day: DutyHours;
  night: DutyHours;
}

export const daysOf = (letters: string, { day, night }: LetterHours): DutyHours[][] =>
  [...letters.toUpperCase()].map((letter) => (letter === 'D' ? [day] : letter === 'N' ? [night] : []));

/** Back to letters: what begins in the afternoon or later is a night. */
export function lettersOf(days: Extract<RotationPlan, { kind: 'pattern' }>['days']): string {
  return days.map(([hours]) => (!hours ? '-' : hours.from < '15:00' ? 'D' : 'N')).join('');
}
