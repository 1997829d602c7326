import {
  finalWorkOrderStates,
  isFinalWorkOrder,
  personWorkOrderActionSchema,
  type WorkOrderState,
  workOrderStates,
} from '@sc/contracts';
import { isOpen, personActions, type Transition, workOrderMachine } from './machine.js';

const transitions = Object.entries(workOrderMachine) as [string, Transition][];
const suspendable = workOrderMachine.suspend.from;
const targets = ({ to }: Transition, from: WorkOrderState): readonly WorkOrderState[] =>
  to === 'same' ? [from] : to === 'before' ? suspendable : [to];
const after = (state: WorkOrderState): WorkOrderState[] =>
  transitions
    .filter(([, t]) => t.from.includes(state))
    .flatMap(([, t]) => targets(t, state))
    .filter((next) => next !== state);
const reachable = (from: WorkOrderState): Set<WorkOrderState> => {
  const seen = new Set([from]);
  for (const state of seen) for (const next of after(state)) seen.add(next);
  return seen;
};

describe('the graph of the case flow', () => {
  it('reaches every state from registered', () => {
    expect([...reachable('registered')].sort()).toEqual([...workOrderStates].sort());
  });

  it('leads from every open state to closed and to a way out, and nowhere from an ended one but to its evaluation', () => {
    for (const state of workOrderStates) {
      expect(isOpen(state)).toBe(!isFinalWorkOrder(state));
      if (isOpen(state)) expect(reachable(state)).toContain('closed');
    }
    const leaving = transitions.filter(([, { from }]) => from.some(isFinalWorkOrder));
    expect(leaving.map(([name]) => name)).toEqual(['evaluate']);
    expect(after('closed')).toEqual(['evaluated']);
    expect([after('evaluated'), after('voided')]).toEqual([[], []]);
    expect([...finalWorkOrderStates].filter(isOpen)).toEqual([]);
  });

  it('has no way to closed that leaves out a verification, by a person after a report or by the sensor', () => {
    const into = (state: WorkOrderState) => transitions.filter(([, t]) => t.to === state).map(([name]) => name);
    expect(into('closed')).toEqual(['close']);
    expect(workOrderMachine.close.from).toEqual(['verified']);
    expect(into('verified')).toEqual(['verify', 'sensor-verify']);
    expect(workOrderMachine.verify.from).toEqual(['reported']);
    // whoever says that it is done proves it
    expect(into('reported')).toEqual(['report', 'self-handled']);
    expect(workOrderMachine.report.needs).toEqual(expect.arrayContaining(['note', 'proof']));
    expect(workOrderMachine['self-handled'].needs).toEqual(expect.arrayContaining(['note', 'proof']));
    // what a person has verified or closed is not for the sensor to verify again
    expect(workOrderMachine['sensor-verify'].from).not.toContain('verified');
    expect(workOrderMachine['sensor-verify'].by).toEqual(['system']);
  });

  it('suspends nothing that is done, and leads back from there', () => {
    expect(suspendable).not.toEqual(expect.arrayContaining(['reported']));
    expect(after('suspended')).toEqual(expect.arrayContaining([...suspendable]));
  });

  it('lets nobody judge their own work, nor work they helped with', () => {
    for (const action of ['verify', 'rework', 'evaluate', 'grant-extension', 'refuse-extension'] as const)
      expect(workOrderMachine[action].notByHandler).toBe(true);
  });

  it('knows for every step who takes it, and every action a person may ask for', () => {
    expect([...personActions].sort()).toEqual([...personWorkOrderActionSchema.options].sort());
    for (const [name, { by, from }] of transitions) {
      expect(by.length).toBeGreaterThan(0);
      expect(from.length).toBeGreaterThan(0);
      const people = by.filter((who) => who !== 'system');
      expect(people.length > 0).toBe((personActions as readonly string[]).includes(name));
    }
    // these also happen by themselves: after a verification by the sensor, when a time has come, with its incident
    const both = transitions.filter(([, { by }]) => by.includes('system') && by.length > 1);
    expect(both.map(([name]) => name).sort()).toEqual(['close', 'merge', 'resume']);
  });
});
