import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CreateStaffingPlan, staffingLimits, type StaffingResult, type StaffingVariant } from '@sc/contracts';
import { premisesOf } from './premises.js';
import { outcomeOf } from './simulation/outcome.js';
import { Simulation, type SimulationResult } from './simulation/simulation.js';
import type { World } from './simulation/world.js';
import { StaffingFailure } from './staffing-failure.js';
import { officersOf } from './staffing-of-variant.js';
import type { StaffingSources } from './staffing-sources.js';
import { variantResult } from './variant-result.js';

/** Longer is too slow: whoever asked has gone. */
const longestRunMs = 10 * 60_000;
/** Others in this process wait no longer than such a slice. */
const eventsPerSlice = 200;

/** All variants with all seeds, in slices: who runs it can stop it, and others get their turn. */
export class StaffingRun {
  progress = 0;
  private readonly startedAt = performance.now();

  constructor(
    private readonly question: CreateStaffingPlan,
    private readonly sources: StaffingSources,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws StaffingFailure, the signal's reason */
  async run(): Promise<StaffingResult> {
    const { question, sources } = this;
    const { cases, titles, actual, history, range } = sources;
    const seeds = Array.from({ length: question.runs }, (_, n) => question.seed + n);
    const variants = [];
    for (const [index, variant] of question.variants.entries())
      variants.push(await this.variant(variant, seeds, index / question.variants.length));
    const counts = new Map<string, number>();
    for (const { category } of cases) counts.set(category, (counts.get(category) ?? 0) + 1);
    return {
      cases: cases.length,
      categories: [...counts]
        .map(([category, count]) => ({ category, title: titles.get(category) ?? null, cases: count }))
        .sort((a, b) => b.cases - a.cases || (a.category < b.category ? -1 : 1)),
      seeds,
      premises: premisesOf({
        assumptions: question.assumptions,
        history,
        fromTable: question.csv !== undefined,
        unknownCategories: sources.unknownCategories,
      }),
      actual: actual && outcomeOf([actual.map((record) => asSeenAt(record, range.to))], range.to),
      variants,
      tookMs: Math.round(performance.now() - this.startedAt),
    };
  }

  private async variant(variant: StaffingVariant, seeds: readonly number[], before: number) {
    const { sources, question } = this;
    const officers = officersOf(variant, sources.roster, sources.range, sources.hours);
    if (officers.length > staffingLimits.officers) throw new StaffingFailure('too-large');
    const { cases, superiors, history, range } = sources;
    const world: World = { ...range, cases, officers, superiors, history, assumptions: question.assumptions };
    const runs: SimulationResult[] = [];
    for (const [n, seed] of seeds.entries())
      runs.push(await this.simulate(world, seed, before + n / seeds.length / question.variants.length));
    return variantResult(variant.name, officers, cases, runs, range, sources.hours);
  }

  private async simulate(world: World, seed: number, before: number): Promise<SimulationResult> {
    const share = 1 / this.question.variants.length / this.question.runs;
    const steps = new Simulation(world, seed).run(eventsPerSlice);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      this.progress = before + (share * (step.value - world.from)) / (world.to - world.from);
      await nextTurn();
      this.signal.throwIfAborted();
      if (performance.now() - this.startedAt > longestRunMs) throw new StaffingFailure('too-slow');
    }
  }
}

/** What really was, as far as it had come by the end of the range: as the simulation sees it. */
function asSeenAt<T extends object>(record: T, end: number): T {
  const moments = ['givenAt', 'acceptedAt', 'begunAt', 'reportedAt', 'closedAt'];
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      moments.includes(key) && (value as number) >= end ? null : value,
    ]),
  ) as T;
}
