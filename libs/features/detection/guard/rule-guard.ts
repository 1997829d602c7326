import type { Rule, RuleTrouble } from '@sc/contracts';
import { isLifeSafety } from '../life-safety.js';
import type { AlarmTransition } from '../types.js';
import { type GuardLimits, guardLimits } from './limits.js';
import { Tally } from './tally.js';

export interface FoundTrouble {
  ruleId: string;
  trouble: RuleTrouble;
}

/** So much is said of what it threw: enough to find the place, not the data of a device. */
const longestDetail = 200;

/**
 * Watches what rules do. One that throws, floods or costs too much is in trouble, told once for each version; it is stopped,
 * unless lives may depend on it: then people are told and it goes on. What makes it throw may come from one device, and all others
 * would go unwatched.
 */
export class RuleGuard {
  private readonly tallies = new Map<string, Tally>();
  /** `ruleId:reason` of the version that was told. */
  private readonly known = new Map<string, number>();

  constructor(
    private readonly now: () => number,
    private readonly onTrouble: (found: FoundTrouble) => void,
    private readonly limits: GuardLimits = guardLimits,
  ) {}

  /** The rule threw at an input. */
  threw(rule: Rule, error: unknown): void {
    const tally = this.tally(rule);
    tally.throws += 1;
    if (tally.throws < this.limits.throws) return;
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
    this.tell(rule, 'throws', tally.throws, detail);
  }

  /** The rule told something. */
  told(rule: Rule, transition: AlarmTransition): void {
    const tally = this.tally(rule);
    tally.tell(transition);
    if (tally.excess <= this.limits.excess) return;
    this.tell(rule, 'floods', tally.excess, '');
  }

  /** What the rule cost over many inputs. */
  cost(rule: Rule, microseconds: number): void {
    if (microseconds <= this.limits.microseconds) return;
    this.tell(rule, 'costs', Math.round(microseconds), '');
  }

  /** A person started the rule again: what it does is told anew. */
  forgive(ruleId: string): void {
    this.tallies.delete(ruleId);
    for (const key of this.known.keys()) if (key.startsWith(`${ruleId}:`)) this.known.delete(key);
  }

  private tally({ id }: Rule): Tally {
    const present = this.tallies.get(id);
    const tally = Tally.at(this.now(), present, this.limits);
    if (tally !== present) this.tallies.set(id, tally);
    return tally;
  }

  private tell(rule: Rule, reason: RuleTrouble['reason'], amount: number, detail: string): void {
    const key = `${rule.id}:${reason}`;
    const { id: ruleId } = rule;
    const version = safely(() => rule.version, 0);
    if (this.known.get(key) === version) return;
    this.known.set(key, version);
    const stopped = !safely(() => isLifeSafety(rule), false);
    const at = new Date(this.now()).toISOString();
    this.onTrouble({
      ruleId,
      trouble: { reason, stopped, at, version, amount, detail: detail.slice(0, longestDetail).toWellFormed() },
    });
  }
}

/** What is broken enough to throw may throw here, too. */
function safely<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}
