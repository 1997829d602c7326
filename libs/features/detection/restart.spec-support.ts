import { compareSeverity, type Rule } from '@sc/contracts';
import { adopt, takeKnownEnds, takeUp } from './adopt.js';
import { Detector } from './detector.js';
import type { Places } from './groups/place.js';
import { kindOf, metricsOf } from './kinds/index.js';
import { type Kept, longMemories, takeUpMemories } from './memory/long-memories.js';
import { eventReachOf, judgedFromOf, reachOf } from './reach.js';
import type { AlarmTransition, DetectionInput, KnownEnd, OpenCondition } from './types.js';

/** A start in the midst of a story: what properties about restarts are made of. */

export type Standing = OpenCondition & { domain: string };
interface Scenery {
  timeZone?: string;
  places?: Places;
}

const detectorOf = (list: readonly Rule[], { timeZone = 'UTC', places }: Scenery = {}): Detector => {
  const detector = new Detector({
    timeZone,
    onRuleFailure: (_, error) => {
      throw error;
    },
  });
  if (places) detector.setPlaces(places);
  detector.setRules(list);
  return detector;
};
const keyOf = ({ deviceId, ruleId, subject }: Pick<AlarmTransition, 'deviceId' | 'ruleId' | 'subject'>) =>
  `${deviceId} ${ruleId} ${subject}`;
const seriesOf = (input: DetectionInput) =>
  `${input.deviceId} ${input.kind === 'reading' ? `m ${input.metric}` : `e ${input.type}`}`;

/** Alarms of PostgreSQL: the newest of each condition, as the alarms' story tells it. */
class Alarms {
  private readonly all = new Map<string, Standing & { active: boolean }>();

  constructor(
    private readonly rules: readonly Rule[],
    before?: Alarms,
  ) {
    for (const [key, one] of before?.all ?? []) this.all.set(key, { ...one });
  }

  /** @returns what it changed: neither a begin of what stands nor an end of what does not, nor what is not newer than the last */
  apply(told: readonly AlarmTransition[]): string[] {
    const changed: string[] = [];
    for (const one of told) {
      const { deviceId, ruleId, subject, ruleVersion, at, cause } = one;
      const known = this.all.get(keyOf(one));
      if (known && at <= known.at) continue;
      const holds = known?.active ? known : undefined;
      if ((one.kind === 'raise') === !holds) changed.push(`${keyOf(one)} ${one.kind} ${at}`);
      if (one.kind === 'clear') {
        if (holds) Object.assign(holds, { active: false, at });
      } else if (one.kind === 'raise' || holds) {
        const severity = one.level?.severity ?? 'severe';
        this.all.set(keyOf(one), {
          ...{ deviceId, domain: 'fire', ruleId, subject, ruleVersion, at, cause: holds ? (holds.cause ?? {}) : cause },
          severity: holds && compareSeverity(holds.severity, severity) < 0 ? holds.severity : severity,
          workOrder: (holds?.workOrder ?? false) || (one.level?.workOrder ?? true),
          active: true,
        });
      }
    }
    return changed;
  }

  /** Without escalations of what does not stand: they change no alarm (alarms/story.ts), and after a start nobody tells them. */
  heard(told: readonly AlarmTransition[]): AlarmTransition[] {
    const then = new Alarms(this.rules, this);
    return told.filter((one) => {
      const counts = one.kind !== 'escalate' || then.all.get(keyOf(one))?.active === true;
      then.apply([one]);
      return counts;
    });
  }

  /** A person ends what no device can; nobody tells the detector. */
  resolve(): void {
    for (const one of this.all.values()) {
      const condition = this.rules.find(({ id }) => id === one.ruleId)?.condition;
      if (condition && kindOf(condition).isEndless?.(condition as never)) one.active = false;
    }
  }

  standing(): Standing[] {
    return [...this.all.values()].filter(({ active }) => active);
  }

  endsOf(holding: readonly AlarmTransition[]): KnownEnd[] {
    return holding.flatMap((one) => {
      const known = this.all.get(keyOf(one));
      return known && !known.active ? [known] : [];
    });
  }
}

/** A start after `past`: as DetectionEngine.rebuild and AlarmReconciler.reconcile, with arrays for stores. */
export function restarted(
  list: readonly Rule[],
  past: readonly DetectionInput[],
  kept: {
    standing: Standing[];
    endsOf?: (holding: readonly AlarmTransition[]) => KnownEnd[];
    memories?: readonly Kept[];
  },
  now: number,
  scenery?: Scenery,
) {
  const detector = detectorOf(list, scenery);
  const reach = reachOf(list);
  const eventsFrom = now - eventReachOf(list);
  const isRecent = (input: DetectionInput) =>
    input.ts >= (input.kind === 'reading' ? now - (reach.get(input.metric) ?? 0) : eventsFrom);
  const isLooked = (input: DetectionInput) => input.kind === 'event' || reach.has(input.metric);
  detector.retelling(judgedFromOf({ reach, eventsFrom, now }));
  const domains = new Map(past.map(({ deviceId, domain }) => [deviceId, domain]));
  const remembered = takeUpMemories(detector, domains, kept.memories ?? []);
  takeUp(detector, list, kept.standing);
  for (const { slot, kept: memory } of remembered) {
    const metrics = metricsOf(slot.rule.condition);
    const isBehind = (input: DetectionInput) =>
      input.kind === 'reading' && metrics.includes(input.metric) && input.ts > memory.newestTs && !isRecent(input);
    detector.retell(slot, past.filter(isBehind));
  }
  const newest = (inputs: readonly DetectionInput[]) => [
    ...new Map(inputs.toSorted((a, b) => a.ts - b.ts).map((input) => [seriesOf(input), input])).values(),
  ];
  const readings = newest(past.filter(({ kind }) => kind === 'reading'));
  const older = newest(past.filter((input) => input.kind === 'event' && !isRecent(input)));
  older.push(...readings.filter((input) => isLooked(input) && !isRecent(input)));
  detector.evaluate([...older, ...past.filter((input) => isRecent(input) && isLooked(input))]);
  // Signs of life and of time.
  detector.evaluate(readings.filter((input) => !isLooked(input)));
  detector.retelling();
  const ended = adopt(detector, kept.standing, now);
  const known = new Set(kept.standing.map(keyOf));
  const raised = () => detector.activeConditions().filter((one) => !known.has(keyOf(one)));
  takeKnownEnds(
    detector,
    (kept.endsOf?.(raised()) ?? []).map((end) => ({ ...end, domain: 'fire' })),
  );
  return { detector, ended, raised: raised() };
}

/** Between two messages: the readings of one are committed together. */
function cutAt(stream: readonly DetectionInput[], at: number): [past: DetectionInput[], future: DetectionInput[]] {
  const from = stream.findIndex(({ ts }, index) => index >= at && ts !== stream[index - 1]?.ts);
  return from < 0 ? [[...stream], []] : [stream.slice(0, from), stream.slice(from)];
}

export const storyOf = (told: readonly AlarmTransition[]) => {
  const stories: Record<string, string[]> = {};
  for (const one of told)
    (stories[keyOf(one)] ??= []).push([one.kind, one.at, one.level?.severity].filter(Boolean).join(' '));
  return stories;
};

/** Inputs one by one, and our clock: time passes up to each. */
function* live(detector: Detector, inputs: readonly DetectionInput[]): Generator<AlarmTransition[]> {
  let now = 0;
  for (const input of inputs) {
    now = Math.max(now, input.ts - 1);
    yield [...detector.tick(now), ...detector.evaluate([{ ...input, receivedAt: Math.max(now, input.ts) }])];
  }
}
const monthMs = 30 * 86_400_000;

export interface Cut {
  at: number;
  /** After which input a person ends what no device can, and memories are kept. */
  resolvedAt?: number;
}

/** What is told after a start and without one, until long after; `ended` and `raised` are what the start itself told. */
export function withAndWithout(
  list: readonly Rule[],
  stream: readonly DetectionInput[],
  { at, resolvedAt }: Cut,
  scenery?: Scenery,
) {
  const [past, future] = cutAt(stream, at);
  const through = detectorOf(list, scenery);
  const alarms = new Alarms(list);
  let index = 0;
  let memories: Kept[] = [];
  for (const told of live(through, past)) {
    alarms.apply(told);
    if (index++ !== resolvedAt) continue;
    alarms.resolve();
    memories = [...longMemories(through, new Map())];
  }
  if (memories.length === 0) memories = [...longMemories(through, new Map())];
  const kept = { standing: alarms.standing(), endsOf: alarms.endsOf.bind(alarms), memories };
  const now = Math.max(0, ...past.map(({ ts }) => ts));
  const { detector, ended, raised } = restarted(list, past, kept, now, scenery);
  const end = (stream.at(-1)?.ts ?? 0) + monthMs;
  const untilTheEnd = (one: Detector) => [...[...live(one, future)].flat(), ...one.tick(end)];
  const reconciled = new Alarms(list, alarms);
  const byStart = reconciled.apply([...ended, ...detector.activeConditions()]);
  const told = { restarted: reconciled.heard(untilTheEnd(detector)), straight: alarms.heard(untilTheEnd(through)) };
  return {
    ended,
    raised,
    restarted: storyOf(told.restarted),
    straight: storyOf(told.straight),
    /** What became of alarms. */
    alarms: {
      restarted: [...byStart, ...reconciled.apply(told.restarted)].sort(),
      straight: alarms.apply(told.straight).sort(),
    },
    /** At the end of it, by place. */
    holding: { restarted: holding(detector), straight: holding(through) },
  };
}

const holding = (detector: Detector): string[] =>
  detector
    .activeConditions()
    .map(({ subject, deviceId, ruleId }) => `${ruleId} ${subject || deviceId}`)
    .sort();
