import {
  type EvaluationFigureCode,
  evaluationFigureCodes,
  type EvaluationValue,
  type EvaluationValues,
  smallNumber,
} from '@sc/contracts';
import type { CaseSums } from './case-facts.js';

/** The figures of one row. Nothing to divide by is no value, never zero. */
export function figuresOf(sums: CaseSums): EvaluationValues {
  const values: Record<EvaluationFigureCode, EvaluationValue> = {
    count: { value: sums.registered, of: sums.registered },
    open: { value: sums.open, of: sums.registered },
    overdue: { value: sums.anyDue > 0 ? sums.late : null, of: sums.anyDue },
    'on-time-registration': share(sums.registrationOnTime, sums.registrationDue),
    'accurate-registration': share(sums.registered - sums.voided, sums.registered),
    'on-time-dispatch': share(sums.dispatchOnTime, sums.dispatchDue),
    'accurate-dispatch': share(sums.dispatched - sums.sentBack, sums.dispatched),
    'on-time-handling': share(sums.handlingOnTime, sums.handlingDue),
    'on-time-closing': share(sums.closingOnTime, sums.closingDue),
    'rework-rate': share(sums.reworked, sums.reported),
    'response-rate': share(sums.responseOnTime, sums.responseDue),
    'solved-rate': share(sums.closed, sums.solvedDue),
    'satisfied-rate': share(sums.satisfied, sums.scored),
    score: share(sums.scoreSum, sums.scored),
    'resident-ratings': { value: sums.followed > 0 ? sums.ratings : null, of: sums.followed },
    'resident-score': meanOf(sums.ratingSum, sums.ratings),
    'reopened-rate': share(sums.reopened, sums.followed),
    'answer-median': { value: sums.answerMedian, of: sums.answers },
    'accept-median': { value: sums.acceptMedian, of: sums.accepts },
    'accept-p90': { value: sums.acceptP90, of: sums.accepts },
    'handle-median': { value: sums.handleMedian, of: sums.handles },
    'handle-p90': { value: sums.handleP90, of: sums.handles },
    'close-median': { value: sums.closeMedian, of: sums.closes },
    'close-p90': { value: sums.closeP90, of: sums.closes },
    'sensor-verified': share(sums.sensorVerified, sums.closed),
    returned: share(sums.returned, sums.dispatched),
    escalated: share(sums.escalated, sums.valid),
    suspended: { value: sums.suspendedCases ? sums.suspendedSeconds : null, of: sums.suspendedCases },
  };
  return values;
}

const share = (part: number, of: number): EvaluationValue => ({ value: of > 0 ? part / of : null, of });

/** A few angry people are no mean, nor a few kind ones: below so many it is not said. */
const meanOf = (sum: number, of: number): EvaluationValue => ({ value: of >= smallNumber ? sum / of : null, of });

/** Of a row that has no case in this period. */
export const noFigures = Object.fromEntries(
  evaluationFigureCodes.map((code) => [code, { value: code === 'count' || code === 'open' ? 0 : null, of: 0 }]),
) as EvaluationValues;
