import { type AlarmAction, alarmActions, type AlarmState, alarmStates, isSilenced } from '@sc/contracts';
import { alarmMachine, nextState } from './machine.js';

const moves = (state: AlarmState) => Object.keys(alarmMachine[state]) as AlarmAction[];
const standings = [
  { conditionActive: true, latching: false },
  { conditionActive: false, latching: false },
  { conditionActive: false, latching: true },
];
const reachableFrom = (start: AlarmState): Set<AlarmState> => {
  const seen = new Set<AlarmState>([start]);
  for (const state of seen)
    for (const move of moves(state))
      for (const standing of standings) {
        const next = nextState(state, move, standing);
        if (next) seen.add(next);
      }
  return seen;
};

describe('the alarm machine', () => {
  it.each(alarmStates)('leads from %s to every state, so that none is a dead end', (state) => {
    expect(reachableFrom(state)).toEqual(new Set(alarmStates));
  });

  it('knows every move in some state', () => {
    expect(new Set(alarmStates.flatMap(moves))).toEqual(new Set(alarmActions));
  });

  it('has the transitions of ISA-18.2', () => {
    const expected: [AlarmState, AlarmAction, boolean, AlarmState | undefined][] = [
      ['normal', 'raise', true, 'unacknowledged'],
      ['unacknowledged', 'acknowledge', true, 'acknowledged'],
      ['acknowledged', 'clear', false, 'normal'],
      ['unacknowledged', 'clear', false, 'returned-unacknowledged'],
      ['returned-unacknowledged', 'acknowledge', false, 'normal'],
      ['returned-unacknowledged', 'raise', true, 'unacknowledged'],
      ['acknowledged', 'escalate-severity', true, 'unacknowledged'],
      ['shelved', 'unshelve', true, 'unacknowledged'],
      ['shelved', 'unshelve', false, 'normal'],
      ['suppressed-by-design', 'unsuppress', true, 'unacknowledged'],
      ['suppressed-by-design', 'unsuppress', false, 'normal'],
      ['out-of-service', 'return-to-service', true, 'unacknowledged'],
      ['out-of-service', 'return-to-service', false, 'normal'],
      ['normal', 'acknowledge', false, undefined],
      ['normal', 'clear', false, undefined],
      ['normal', 'assign', false, undefined],
      ['acknowledged', 'raise', true, undefined],
      ['unacknowledged', 'raise', true, undefined],
      ['shelved', 'acknowledge', true, undefined],
      ['shelved', 'shelve', true, undefined],
      ['suppressed-by-design', 'unshelve', true, undefined],
      ['suppressed-by-design', 'break-through', true, undefined],
      ['out-of-service', 'unsuppress', true, undefined],
    ];
    for (const [state, move, conditionActive, next] of expected)
      expect([state, move, nextState(state, move, { conditionActive })]).toEqual([state, move, next]);
    for (const state of alarmStates.filter((one) => !isSilenced(one)))
      expect(
        ['shelve', 'suppress', 'take-out-of-service'].map((move) => alarmMachine[state][move as AlarmAction]),
      ).toEqual(['shelved', 'suppressed-by-design', 'out-of-service']);
  });

  it('lets what is latched wait for a person, seen before or not', () => {
    const over = { conditionActive: false, latching: true };
    expect(nextState('acknowledged', 'clear', over)).toBe('returned-unacknowledged');
    expect(nextState('shelved', 'unshelve', over)).toBe('returned-unacknowledged');
    expect(nextState('returned-unacknowledged', 'acknowledge', over)).toBe('normal');
  });

  it('never hides a condition that holds as normal, except when a person resolves it', () => {
    for (const state of alarmStates.filter((one) => one !== 'normal'))
      for (const move of moves(state))
        if (move !== 'resolve' && move !== 'clear' && state !== 'returned-unacknowledged')
          expect(nextState(state, move, standings[0]!)).not.toBe('normal');
  });

  it('lets nothing but the end of a silence, or its break, lead out of it', () => {
    const ends = ['unshelve', 'unsuppress', 'return-to-service', 'break-through'];
    for (const state of alarmStates.filter(isSilenced))
      for (const move of moves(state).filter((one) => !ends.includes(one)))
        for (const standing of standings) expect(nextState(state, move, standing)).toBe(state);
  });
});
