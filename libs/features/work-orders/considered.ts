import type { CandidateReason, ChainAudience } from '@sc/contracts';
import { compareOptions, type Option, tellsApart } from './comparison.js';

/** A step of the chain with the people it means. */
export interface Rung {
  who: ChainAudience;
  /** Attempts before the next step; `null`: until everybody was asked once. */
  times: number | null;
  options: readonly Option[];
}

/** Somebody who was considered, and why they were chosen or not. */
export interface Considered {
  option: Option;
  who: ChainAudience;
  chosen: boolean;
  called: boolean;
  reason: CandidateReason;
}

/** Kept with an order: more would be noise, and the table stays small. */
const mostConsidered = 50;

export const present = ({ options }: Rung): Option[] => options.filter(({ onLeave }) => !onLeave);

/** Everyone of these steps once, each with the comparison that decided; the chosen one first, then as they would have followed. */
export function consider(
  seen: readonly Rung[],
  isFresh: (option: Option) => boolean,
  choice?: { option: Option; who: ChainAudience; called: readonly string[] },
): Considered[] {
  const called = new Set(choice?.called);
  const told = (option: Option, who: ChainAudience, chosen: boolean, reason: CandidateReason): Considered => ({
    option,
    who,
    chosen,
    called: called.has(option.personId),
    reason,
  });
  const others = new Map<string, Considered>();
  for (const { who, options } of seen)
    for (const option of options)
      if (option.personId !== choice?.option.personId && !others.has(option.personId))
        others.set(option.personId, told(option, who, false, whyNot(option, isFresh, choice?.option)));
  const sorted = [...others.values()].sort((a, b) => compareOptions(a.option, b.option));
  if (!choice) return sorted.slice(0, mostConsidered);
  const rivals = sorted.filter(({ option }) => !option.onLeave && isFresh(option)).map(({ option }) => option);
  const chosen = told(choice.option, choice.who, true, whyThis(choice.option, isFresh, rivals));
  return [chosen, ...sorted].slice(0, mostConsidered);
}

function whyThis(chosen: Option, isFresh: (option: Option) => boolean, rivals: readonly Option[]): CandidateReason {
  if (!isFresh(chosen)) return 'asked-again';
  const second = rivals.find((rival) => compareOptions(chosen, rival) < 0);
  return (second && tellsApart(chosen, second)?.won) ?? 'only-one';
}

function whyNot(option: Option, isFresh: (option: Option) => boolean, chosen: Option | undefined): CandidateReason {
  if (option.onLeave) return 'on-leave';
  if (!isFresh(option)) return 'already-asked';
  if (!chosen || compareOptions(chosen, option) > 0) return 'step-over';
  return tellsApart(chosen, option)?.lost ?? 'later-by-id';
}
