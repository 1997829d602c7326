import { finalWorkOrderStates, personWorkOrderActionSchema, type WorkOrderState, workOrderStates } from '@sc/contracts';
import { isOpen, personActions, type Transition, workOrderMachine } from './machine.js';

const transitions = Object.entries(workOrderMachine) as [string, Transition][];
const after = (state: WorkOrderState): WorkOrderState[] =>
  transitions.filter(([, t]) => t.from.includes(state)).flatMap(([, t]) => (t.to === 'same' ? [] : [t.to]));
const reachable = (from: WorkOrderState): Set<WorkOrderState> => {
  const seen = new Set([from]);
  for (const state of seen) for (const next of after(state)) seen.add(next);
  return seen;
};

describe('the graph of the case flow', () => {
  it('reaches every state from registered', () => {
    expect([...reachable('registered')].sort()).toEqual([...workOrderStates].sort());
  });

  it('leads from every open state to closed, and nowhere from a final one', () => {
    for (const state of workOrderStates) {
      const isFinal = (finalWorkOrderStates as readonly WorkOrderState[]).includes(state);
      expect(isOpen(state)).toBe(!isFinal);
      if (isFinal) expect(after(state)).toEqual([]);
      else expect(reachable(state)).toContain('closed');
    }
  });

  it('has no way to closed that leaves out a verification, by a person after a report or by the sensor', () => {
    const into = (state: WorkOrderState) => transitions.filter(([, t]) => t.to === state).map(([name]) => name);
    expect(into('closed')).toEqual(['close']);
    expect(workOrderMachine.close.from).toEqual(['verified']);
    expect(into('verified')).toEqual(['verify', 'sensor-verify']);
    expect(workOrderMachine.verify.from).toEqual(['reported']);
    expect(into('reported')).toEqual(['report']);
    // what a person has verified or closed is not for the sensor to verify again
    expect(workOrderMachine['sensor-verify'].from).not.toContain('verified');
    expect(workOrderMachine['sensor-verify'].by).toEqual(['system']);
  });

  it('lets nobody judge their own work', () => {
    expect(workOrderMachine.verify.notByHandler).toBe(true);
    expect(workOrderMachine.rework.notByHandler).toBe(true);
  });

  it('knows every action a person may ask for, and keeps the others to itself', () => {
    expect([...personActions].sort()).toEqual([...personWorkOrderActionSchema.options].sort());
    for (const [name, transition] of transitions) {
      const ofPersons = (personActions as readonly string[]).includes(name);
      // closing is both: after a verification by the sensor nobody has to say so
      if (name === 'close') expect(transition.by).toEqual(expect.arrayContaining(['system', 'operator']));
      else expect(transition.by.includes('system')).toBe(!ofPersons);
    }
  });
});
