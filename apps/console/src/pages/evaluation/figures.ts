import type { EvaluationDefinition, EvaluationFigureCode, EvaluationValue } from '@sc/contracts';

export const figureKinds = ['time', 'quality', 'residents', 'duration', 'load'] as const;
export type FigureKind = (typeof figureKinds)[number];

/** What is looked at together: more than seven columns are not read. */
export const figuresOfKind: Record<FigureKind, readonly EvaluationFigureCode[]> = {
  time: [
    'on-time-registration',
    'on-time-dispatch',
    'response-rate',
    'on-time-handling',
    'on-time-closing',
    'solved-rate',
  ],
  quality: [
    'accurate-registration',
    'accurate-dispatch',
    'rework-rate',
    'returned',
    'satisfied-rate',
    'score',
    'sensor-verified',
  ],
  residents: ['resident-score', 'resident-ratings', 'reopened-rate', 'answer-median'],
  duration: ['accept-median', 'accept-p90', 'handle-median', 'handle-p90', 'close-median', 'close-p90', 'suspended'],
  load: ['open', 'overdue', 'escalated'],
};

/** Whether it became better than in the other period; `null`: neither, or not to be said. */
export function trendOf(
  { better }: Pick<EvaluationDefinition, 'better'>,
  now: EvaluationValue,
  before: EvaluationValue | undefined,
): 'better' | 'worse' | null {
  if (!better || now.value === null || !before || before.value === null || now.value === before.value) return null;
  return now.value > before.value === (better === 'higher') ? 'better' : 'worse';
}

/** For sorting: what has no value stands below all that have one, whichever way. */
export function compareValues(
  a: EvaluationValue,
  b: EvaluationValue,
  order: 'ascend' | 'descend' | null | undefined,
): number {
  if (a.value === null || b.value === null) {
    const below = (a.value === null ? 1 : 0) - (b.value === null ? 1 : 0);
    return order === 'descend' ? -below : below;
  }
  return a.value - b.value;
}
