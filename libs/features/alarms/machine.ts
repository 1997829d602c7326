import type { AlarmAction, AlarmState } from '@sc/contracts';

/** A fixed next state, or one that depends on whether the condition holds then and on whether the alarm waits for a person. */
type Target = AlarmState | { whileActive: AlarmState; latched: AlarmState; otherwise: AlarmState };

const silence = {
  shelve: 'shelved',
  suppress: 'suppressed-by-design',
  'take-out-of-service': 'out-of-service',
} as const;
const afterSilence: Target = {
  whileActive: 'unacknowledged',
  latched: 'returned-unacknowledged',
  otherwise: 'normal',
};

/** What changes nothing of the state; an alarm that is over can be spoken of too. */
const said = <S extends AlarmState>(state: S) => ({ comment: state, judge: state }) as const;

/** While silenced, the condition comes, goes and becomes graver without moving the state; a person may say that it is over. */
const hushed = <S extends AlarmState>(state: S) =>
  ({
    raise: state,
    clear: state,
    'escalate-severity': state,
    resolve: state,
    assign: state,
    ...said(state),
  }) as const;

/**
 * The alarm states of ISA-18.2 / IEC 62682 and what leads from one to the next. A move that is not listed is not possible
 * in that state. `resolve`: a person says that a condition is over that no device can end. What begins under a silence
 * goes from normal through `suppress` or `take-out-of-service` and `raise`, in one step. `break-through`: what a person
 * shelved has become graver than that was meant for.
 */
export const alarmMachine: Readonly<Record<AlarmState, Readonly<Partial<Record<AlarmAction, Target>>>>> = {
  normal: { raise: 'unacknowledged', ...said('normal'), ...silence },
  unacknowledged: {
    acknowledge: 'acknowledged',
    clear: 'returned-unacknowledged',
    'escalate-severity': 'unacknowledged',
    resolve: 'normal',
    assign: 'unacknowledged',
    ...said('unacknowledged'),
    ...silence,
  },
  acknowledged: {
    clear: { whileActive: 'acknowledged', latched: 'returned-unacknowledged', otherwise: 'normal' },
    // Graver than what was seen: it has to be seen again.
    'escalate-severity': 'unacknowledged',
    // Seen, and then forgotten: the same.
    're-alarm': 'unacknowledged',
    resolve: 'normal',
    assign: 'acknowledged',
    ...said('acknowledged'),
    ...silence,
  },
  'returned-unacknowledged': {
    raise: 'unacknowledged',
    acknowledge: 'normal',
    resolve: 'normal',
    assign: 'returned-unacknowledged',
    ...said('returned-unacknowledged'),
    ...silence,
  },
  shelved: { ...hushed('shelved'), unshelve: afterSilence, 'break-through': 'unacknowledged' },
  'suppressed-by-design': { ...hushed('suppressed-by-design'), unsuppress: afterSilence },
  'out-of-service': { ...hushed('out-of-service'), 'return-to-service': afterSilence },
};

/** How the alarm stands when it is moved. */
export interface Standing {
  conditionActive: boolean;
  latching?: boolean;
}

/** Where `move` leads from `state`, or `undefined` when it is not possible there. */
export function nextState(
  state: AlarmState,
  move: AlarmAction,
  { conditionActive, latching }: Standing,
): AlarmState | undefined {
  const target = alarmMachine[state][move];
  if (typeof target !== 'object') return target;
  if (conditionActive) return target.whileActive;
  return latching ? target.latched : target.otherwise;
}
