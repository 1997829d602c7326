import type { Condition, GroupCondition } from '@sc/contracts';
import { newCondition } from '../state.js';
import type { Kind } from './kind.js';

/**
 * So many of several conditions at one place. Device by device there is nothing to judge: its members are rules of their own
 * (groups/member-rules.ts), and what they tell is counted by groups/. Here stands what a start has to know.
 */
export const groupKindOf = (kindOf: (condition: Condition) => Kind<never>): Kind<'group'> => ({
  initial: () => ({ kind: 'group', ...newCondition() }),
  wakes: () => ({}),
  metrics: ({ members }) => [
    ...new Set(members.flatMap(({ condition }) => kindOf(condition).metrics(condition as never))),
  ],
  memory: (group) => ({
    readingsMs: group.windowMs + longest(group, kindOf, 'readingsMs'),
    warmUpMs: longest(group, kindOf, 'warmUpMs'),
    eventsMs: group.windowMs + longest(group, kindOf, 'eventsMs'),
  }),
  take: () => undefined,
  goesOver: (old, next) => old.within === next.within && (old.alarmOn === undefined) === (next.alarmOn === undefined),
  endOf: () => undefined,
});

const longest = (
  { members }: GroupCondition,
  kindOf: (condition: Condition) => Kind<never>,
  of: 'readingsMs' | 'warmUpMs' | 'eventsMs',
): number => Math.max(...members.map(({ condition }) => kindOf(condition).memory(condition as never)[of] ?? 0));
