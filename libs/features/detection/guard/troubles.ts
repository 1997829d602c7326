import type { Rule } from '@sc/contracts';
import type { Logger } from '@sc/platform/logging';
import { detectionMetrics } from '../metrics.js';
import type { RulesInForce } from '../rule-store.js';
import type { AlarmTransition } from '../types.js';
import { CostWatch } from './cost-watch.js';
import type { CostMeter } from './cost-meter.js';
import { type FoundTrouble, RuleGuard } from './rule-guard.js';

interface Guarded {
  setStopped(ruleIds: ReadonlySet<string>): void;
  measure(meter?: CostMeter): void;
}

/** Which rules of this process are in trouble: what PostgreSQL says, and what was found and is not written there yet. */
export class Troubles {
  private readonly pending = new Map<string, FoundTrouble>();
  private readonly failures = new Map<string, number>();
  private known: RulesInForce = { rules: [], troubles: new Map() };
  private listener: () => void = () => undefined;
  private readonly guard: RuleGuard;
  readonly costs: CostWatch;

  constructor(
    now: () => number,
    private readonly logger: Logger,
    private readonly detector: () => Guarded,
  ) {
    this.guard = new RuleGuard(now, (found) => this.found(found));
    this.costs = new CostWatch(
      (meter) => this.detector().measure(meter),
      (rule, microseconds) => this.guard.cost(rule, microseconds),
    );
  }

  /** Called when there is something to write down; it must not throw. */
  onFound(listener: () => void): void {
    this.listener = listener;
  }

  threw(rule: Rule, error: unknown): void {
    const count = (this.failures.get(rule.id) ?? 0) + 1;
    this.failures.set(rule.id, count);
    detectionMetrics.ruleFailures.inc();
    if (count === 1) this.logger.error({ ruleId: rule.id, err: error }, 'rule failed');
    this.guard.threw(rule, error);
  }

  told(rule: Rule, transition: AlarmTransition): void {
    this.guard.told(rule, transition);
  }

  /** Rules and their troubles as PostgreSQL has them now. Whose trouble is over, or who has another version, begins anew. */
  use(inForce: RulesInForce): void {
    const versions = new Map(this.known.rules.map(({ id, version }) => [id, version]));
    for (const { id, version } of inForce.rules) {
      const isOver = this.known.troubles.has(id) && !inForce.troubles.has(id);
      if (!isOver && versions.get(id) === version) continue;
      this.guard.forgive(id);
      this.failures.delete(id);
      if (versions.has(id)) this.pending.delete(id);
    }
    this.known = inForce;
    this.stop();
  }

  /** What was found and is to be written down. */
  unwritten(): FoundTrouble[] {
    return [...this.pending.values()];
  }

  written(found: FoundTrouble): void {
    if (this.pending.get(found.ruleId) !== found) return;
    this.pending.delete(found.ruleId);
    // Until the rules are read again the next time.
    const troubles = new Map(this.known.troubles).set(found.ruleId, found.trouble);
    this.known = { ...this.known, troubles };
  }

  private found(found: FoundTrouble): void {
    const { ruleId, trouble } = found;
    if (this.pending.get(ruleId)?.trouble.stopped || this.known.troubles.get(ruleId)?.stopped) return;
    if (!trouble.stopped && this.known.troubles.has(ruleId)) return;
    this.pending.set(ruleId, found);
    const { reason, stopped, version, amount } = trouble;
    this.logger.error({ ruleId, version, reason, stopped, amount }, 'rule in trouble');
    if (stopped) this.stop();
    this.listener();
  }

  private stop(): void {
    const found = [...this.pending.values()].map(({ ruleId, trouble }): [string, typeof trouble] => [ruleId, trouble]);
    const stopped = [...this.known.troubles, ...found].filter(([, trouble]) => trouble.stopped);
    const ids = new Set(stopped.map(([ruleId]) => ruleId));
    detectionMetrics.rulesStopped.set(ids.size);
    this.detector().setStopped(ids);
  }
}
