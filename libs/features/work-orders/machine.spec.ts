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

  it('has no way to closed that leaves out a report or its verification', () => {
    const into = (state: WorkOrderState) => transitions.filter(([, t]) => t.to === state).map(([name]) => name);
    expect(into('closed')).toEqual(['close']);
    expect(workOrderMachine.close.from).toEqual(['verified']);
    expect(into('verified')).toEqual(['verify']);
    expect(workOrderMachine.verify.from).toEqual(['reported']);
    expect(into('reported')).toEqual(['report']);
  });

  it('lets nobody judge their own work', () => {
    expect(workOrderMachine.verify.notByHandler).toBe(true);
    expect(workOrderMachine.rework.notByHandler).toBe(true);
  });

  it('knows every action a person may ask for, and keeps the others to itself', () => {
    expect([...personActions].sort()).toEqual([...personWorkOrderActionSchema.options].sort());
    for (const [name, transition] of transitions)
      expect(transition.by.includes('system')).toBe(!(personActions as readonly string[]).includes(name));
  });
});
