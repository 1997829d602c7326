import type { ChainAudience } from '@sc/contracts';
import { compareOptions, type Option } from './comparison.js';
import { consider, type Considered, present, type Rung } from './considered.js';

/** Where an order stands in its chain: the step, and how often that was asked. */
export interface ChainPosition {
  step: number;
  times: number;
}

export interface AssignmentInput {
  /** The chain, from its first step. */
  rungs: readonly Rung[];
  at: ChainPosition;
  /** Everyone who was asked to take this order before. */
  asked: ReadonlySet<string>;
  /** Whose it is now. */
  holderId: string | null;
}

/** Steps of the chain that were gone over because there was nobody to ask. */
type Passed = ChainAudience[];

export type Assignment =
  | {
      /** `remind`: everyone was asked; it stays where it is, and that person is told again. */
      kind: 'assign' | 'remind';
      personId: string;
      who: ChainAudience;
      at: ChainPosition;
      /** Everyone who is told at once, where the step says so; the one who is asked is among them. */
      called: string[];
      passed: Passed;
      considered: Considered[];
    }
  | { kind: 'nobody'; at: ChainPosition; passed: Passed; considered: Considered[] };

const officers: ReadonlySet<ChainAudience> = new Set<ChainAudience>([
  'team',
  'grid-officers',
  'community-officers',
  'everyone-on-shift',
]);
export const isOfOfficers = (who: ChainAudience): boolean => officers.has(who);

/** These ask the same people again as often as the step says; the others go from one person to the next. */
const repeats: ReadonlySet<ChainAudience> = new Set<ChainAudience>(['everyone-on-shift', 'person']);

/**
 * Who is asked next, and why. Goes along the chain from where the order stands, never back; within a step the comparisons of
 * comparison.ts choose among those who were not asked yet. Nobody without a needed skill is asked before an officer of the
 * chain who has it. At its end the managers are reminded; where there are none, whoever there is. The same people in any
 * order give the same answer.
 */
export function assign(input: AssignmentInput): Assignment {
  const { rungs, at, asked, holderId } = input;
  const passed: Passed = [];
  const isFresh = ({ personId }: Option) => !asked.has(personId);
  for (let step = at.step; step < rungs.length; step += 1) {
    const rung = rungs[step]!;
    const times = step === at.step ? at.times : 0;
    const available = present(rung);
    const fresh = available.filter(isFresh);
    const isLast = step === rungs.length - 1;
    const spent = !isLast && times >= (rung.times ?? (repeats.has(rung.who) ? 1 : Infinity));
    if (repeats.has(rung.who) && available.length && !spent) {
      const held = available.find(({ personId }) => personId === holderId && asked.has(personId));
      const chosen = held ?? best(fresh.length ? fresh : available);
      const called = rung.who === 'person' ? [] : available.map(({ personId }) => personId).sort();
      return answer(held ? 'remind' : 'assign', chosen, rung, { step, times: times + 1 }, called);
    }
    if (fresh.length && !spent && !isOutdone(rungs, step, fresh, isFresh))
      return answer('assign', best(fresh), rung, { step, times: times + 1 }, []);
    if (!available.length || fresh.length) passed.push(rung.who);
  }
  return atTheEnd();

  function answer(kind: 'assign' | 'remind', chosen: Option, rung: Rung, to: ChainPosition, called: string[]) {
    const seen = rungs.slice(at.step, to.step + 1);
    const considered = consider(seen, isFresh, { option: chosen, who: rung.who, called });
    return { kind, personId: chosen.personId, who: rung.who, at: to, called, passed, considered };
  }

  /** Everybody of the rest of the chain was asked, or is not there. */
  function atTheEnd(): Assignment {
    const last = rungs.at(-1);
    const to = { step: Math.max(0, rungs.length - 1), times: at.times + 1 };
    const managers = last ? present(last) : [];
    const everyone = managers.length ? managers : rungs.flatMap(present);
    const fresh = everyone.filter(isFresh);
    const held = everyone.find(({ personId }) => personId === holderId);
    const again = fresh.length ? best(fresh) : (held ?? (everyone.length ? best(everyone) : undefined));
    if (!again) return { kind: 'nobody', at, passed, considered: consider(rungs, isFresh) };
    const rung = rungs.findLast(({ options }) => options.some(({ personId }) => personId === again.personId))!;
    return answer(again === held && !fresh.length ? 'remind' : 'assign', again, rung, to, []);
  }
}

const best = (options: readonly Option[]): Option => options.toSorted(compareOptions)[0]!;

/** Nobody of this step has the skills, and an officer of a later one has. */
function isOutdone(
  rungs: readonly Rung[],
  step: number,
  fresh: readonly Option[],
  isFresh: (option: Option) => boolean,
): boolean {
  const can = ({ missingSkills }: Option) => missingSkills.length === 0;
  if (!isOfOfficers(rungs[step]!.who) || fresh.some(can)) return false;
  return rungs.slice(step + 1).some((rung) => isOfOfficers(rung.who) && present(rung).filter(isFresh).some(can));
}
