import type { ConditionKind, ConditionOf, Rule } from '@sc/contracts';
import type { Scene } from '../scene.js';
import type { ConditionState, RuleState } from '../state.js';
import type { DetectionInput, OpenCondition, Tick } from '../types.js';

/** What a rule of some kind remembers of one device. */
export type StateOf<K extends ConditionKind> = Extract<RuleState, { kind: K }>;

/** What wakes a rule. `always`: every input of the device, and the passing of time; then metrics and events need not be named. */
export interface Wakes {
  metrics?: readonly string[];
  events?: readonly string[];
  always?: boolean;
}

/** How far back (ms of device time) what is stored can still matter after a start. What is `undefined` the kind does not look at. */
export interface Memory {
  /** Of the readings of `metrics`. */
  readingsMs?: number;
  /** The first part of all that only fills the memory: what was before is not known, and half a memory must not judge. */
  warmUpMs?: number;
  eventsMs?: number;
  /** What it learns from before it can be judged by a stretch of history; a start takes up what was kept instead. */
  learningMs?: number;
}

/** How a memory outlasts a start. */
export interface LongMemory<K extends ConditionKind> {
  /** What is kept is taken up only under the same name: it changes when the memory means something else. */
  about(condition: ConditionOf<K>): string;
  /** `undefined`: there is nothing worth keeping yet. */
  write(state: StateOf<K>): KeptMemory | undefined;
  /** `undefined`: it cannot be read, and is learned anew. */
  read(kept: KeptMemory): StateOf<K> | undefined;
}

export interface KeptMemory {
  /** Newest reading that it knows; older ones change nothing. */
  newestTs: number;
  /** What is not numbers, as plain JSON. */
  state: Record<string, unknown>;
  numbers: Float64Array;
}

/** One kind of condition: everything the detector has to know about it. Pure, and bounded in time and memory. */
export interface Kind<K extends ConditionKind> {
  initial(condition: ConditionOf<K>): StateOf<K>;
  wakes(condition: ConditionOf<K>): Wakes;
  /** Metrics it looks at. */
  metrics(condition: ConditionOf<K>): readonly string[];
  memory(condition: ConditionOf<K>): Memory;
  /** One input of the device, in whatever order: changes `state` in place and tells what begins or ends. */
  take(rule: Rule, condition: ConditionOf<K>, state: StateOf<K>, input: DetectionInput, scene: Scene): void;
  /** Time passes and nothing is heard. */
  tick?(rule: Rule, condition: ConditionOf<K>, state: StateOf<K>, tick: Tick, scene: Scene): void;
  /** Only of kinds that remember further back than readings are told again after a start: their memory is kept in PostgreSQL. */
  longMemory?: LongMemory<K>;
  /** Whether what one version of a rule remembers means the same to another of this kind. */
  goesOver(old: ConditionOf<K>, next: ConditionOf<K>): boolean;
  /** Only a person ends it, unheard by the detector: each begin is told anew. */
  isEndless?(condition: ConditionOf<K>): boolean;
  /** Readings alone end it: what stands holds while they are told again after a start. */
  byReadings?: true;
  /** After a start: the memory of the condition that an alarm which stands is about; `undefined`: the rule tells no such subject apart. */
  conditionOf?(
    rule: Rule,
    condition: ConditionOf<K>,
    state: StateOf<K>,
    open: OpenCondition,
    scene: Scene,
  ): ConditionState | undefined;
  /**
   * When (device time, ms) a condition that was told at `at`, for this `cause`, was over, as far as memory can tell; `undefined`: it cannot.
   */
  endOf(
    condition: ConditionOf<K>,
    state: StateOf<K>,
    one: ConditionState,
    at: number,
    cause: Record<string, unknown>,
  ): number | undefined;
  /** Its end was told and nothing that is told again ends it: what must be forgotten so that it is over. */
  endKnown?(condition: ConditionOf<K>, state: StateOf<K>, one: ConditionState): void;
  /** Nothing is known of its begin but the alarm: what must be remembered so that a later end can end it. */
  takeOver?(condition: ConditionOf<K>, state: StateOf<K>, one: ConditionState, open: OpenCondition): void;
}
