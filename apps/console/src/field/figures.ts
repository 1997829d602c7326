import type { Evaluation, EvaluationQuery, EvaluationRow } from '@sc/contracts';
import { serverNow } from '../lib/site-time.js';
import { daysOf, instants } from '../pages/evaluation/periods.js';

export const months = ['this-month', 'last-month'] as const;
export type Month = (typeof months)[number];

/** Whole days of the site's clock: the same question all day long has one copy. */
export const figuresQueryOf = (month: Month, timeZone: string): EvaluationQuery => ({
  by: 'person',
  ...instants(daysOf(month, serverNow(), timeZone)!, timeZone),
});

/** Officers are told of their own cases alone; of what others may see, only the row of this person is taken. */
export const ownRow = ({ own, rows, total }: Evaluation, personId: string): EvaluationRow | undefined =>
  rows.find(({ key }) => key === personId) ?? (own ? total : undefined);
