import type { AlarmAction, AlarmState } from '@sc/contracts';

/** What moves an alarm. The last six stand in the standard and are not offered yet. */
export type AlarmMove =
  AlarmAction | 'shelve' | 'unshelve' | 'suppress' | 'unsuppress' | 'take-out-of-service' | 'return-to-service';

/** A fixed next state, or one that depends on whether the condition holds then. */
type Target = AlarmState | { whileActive: AlarmState; otherwise: AlarmState };

const silence = {
  shelve: 'shelved',
  suppress: 'suppressed-by-design',
  'take-out-of-service': 'out-of-service',
} as const;
const byCondition: Target = { whileActive: 'unacknowledged', otherwise: 'normal' };

/**
 * The alarm states of ISA-18.2 / IEC 62682 and what leads from one to the next. A move that is not listed is not possible
 * in that state. `resolve`: a person says that a condition is over that no device can end. While silenced, the condition
 * comes and goes without moving the state.
 */
export const alarmMachine: Readonly<Record<AlarmState, Readonly<Partial<Record<AlarmMove, Target>>>>> = {
  normal: { raise: 'unacknowledged', ...silence },
  unacknowledged: {
    acknowledge: 'acknowledged',
    clear: 'returned-unacknowledged',
    'escalate-severity': 'unacknowledged',
    resolve: 'normal',
    comment: 'unacknowledged',
    ...silence,
  },
  acknowledged: {
    clear: 'normal',
    // Graver than what was seen: it has to be seen again.
    'escalate-severity': 'unacknowledged',
    resolve: 'normal',
    comment: 'acknowledged',
    ...silence,
  },
  'returned-unacknowledged': {
    raise: 'unacknowledged',
    acknowledge: 'normal',
    resolve: 'normal',
    comment: 'returned-unacknowledged',
    ...silence,
  },
  shelved: { raise: 'shelved', clear: 'shelved', unshelve: byCondition, comment: 'shelved' },
  'suppressed-by-design': {
    raise: 'suppressed-by-design',
    clear: 'suppressed-by-design',
    unsuppress: byCondition,
    comment: 'suppressed-by-design',
  },
  'out-of-service': {
    raise: 'out-of-service',
    clear: 'out-of-service',
    'return-to-service': byCondition,
    comment: 'out-of-service',
  },
};

/** Where `move` leads from `state`, or `undefined` when it is not possible there. */
export function nextState(state: AlarmState, move: AlarmMove, conditionActive: boolean): AlarmState | undefined {
  const target = alarmMachine[state][move];
  if (typeof target !== 'object') return target;
  return conditionActive ? target.whileActive : target.otherwise;
}
