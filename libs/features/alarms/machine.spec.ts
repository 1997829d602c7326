import { type AlarmState, alarmStates } from '@sc/contracts';
import { alarmMachine, type AlarmMove, nextState } from './machine.js';

const moves = (state: AlarmState) => Object.keys(alarmMachine[state]) as AlarmMove[];
const reachableFrom = (start: AlarmState): Set<AlarmState> => {
  const seen = new Set<AlarmState>([start]);
  for (const state of seen)
    for (const move of moves(state))
      for (const active of [true, false]) {
        const next = nextState(state, move, active);
        if (next) seen.add(next);
      }
  return seen;
};

describe('the alarm machine', () => {
  it.each(alarmStates)('leads from %s to every state, so that none is a dead end', (state) => {
    expect(reachableFrom(state)).toEqual(new Set(alarmStates));
  });

  it('has the transitions of ISA-18.2', () => {
    const expected: [AlarmState, AlarmMove, boolean, AlarmState | undefined][] = [
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
      ['out-of-service', 'return-to-service', false, 'normal'],
      ['normal', 'acknowledge', false, undefined],
      ['normal', 'clear', false, undefined],
      ['acknowledged', 'raise', true, undefined],
      ['unacknowledged', 'raise', true, undefined],
    ];
    for (const [state, move, active, next] of expected)
      expect([state, move, nextState(state, move, active)]).toEqual([state, move, next]);
    for (const state of alarmStates.slice(0, 4)) expect(nextState(state, 'shelve', true)).toBe('shelved');
  });

  it('never hides a condition that holds as normal, except when a person resolves it', () => {
    for (const state of alarmStates)
      for (const move of moves(state))
        if (move !== 'resolve' && move !== 'clear' && state !== 'returned-unacknowledged')
          expect(nextState(state, move, true)).not.toBe('normal');
  });
});
