import type { RejectReason, Severity, Text } from '@sc/contracts';

/** A room of the building that each run of a scenario gets for itself. */
export interface ScenarioRoom {
  key: string;
  name: Text;
}

export interface ScenarioDevice {
  key: string;
  room: string;
  domain: string;
  name: string;
}

/** What one device says at a second of the story: readings, or an event. */
export type Step = { atS: number; device: string } & (
  | {
      values: Record<string, number | boolean | string>;
      /** Why the platform will not take it. */
      refused?: RejectReason;
    }
  | { event: { id: string; type: string; data?: Record<string, unknown> } }
);

export interface ExpectedAlarm {
  device: string;
  ruleId: string;
  /** Whether the condition still holds when the story ends. */
  conditionActive: boolean;
  /** How often the condition began; 1 unless said otherwise. */
  occurrences?: number;
  /** Where it comes with the events; else the rule tells. */
  severity?: Severity;
}

export interface Scenario {
  name: string;
  title: Text;
  /** What happens and what the platform should make of it. */
  story: Text;
  rooms: ScenarioRoom[];
  devices: ScenarioDevice[];
  /** Site time of second 0, hh:mm, of the newest such story that is over by now. Left out: the last message is now. */
  startsAt?: string;
  steps: Step[];
  /** How the network treats the messages. */
  delivery: 'once' | 'twice-and-disordered';
  /** Exactly these; anything more is a mistake of the platform, anything less too. */
  expected: {
    alarms: ExpectedAlarm[];
    incidents: number;
    workOrders: number;
    /** Orders that end because the sensor saw the end of the condition; 0 also says that none may. */
    closedBySensor?: number;
    /** Readings that land in the dead-letter list. */
    refused?: number;
    silentRules: string[];
  };
}

/** Readings of one metric that move evenly from one value to another, every `everyS` seconds, both ends included. */
export function ramp(
  device: string,
  metric: string,
  from: { atS: number; value: number },
  to: { atS: number; value: number },
  everyS = 10,
): Step[] {
  const steps: Step[] = [];
  for (let atS = from.atS; atS <= to.atS; atS += everyS) {
    const share = to.atS === from.atS ? 1 : (atS - from.atS) / (to.atS - from.atS);
    const value = Number((from.value + (to.value - from.value) * share).toFixed(3));
    steps.push({ atS, device, values: { [metric]: value } });
  }
  return steps;
}

/** The order in which the messages leave: by time, or each twice with its neighbours swapped. */
export function delivered(scenario: Scenario): Step[] {
  const ordered = [...scenario.steps].sort((a, b) => a.atS - b.atS);
  if (scenario.delivery === 'once') return ordered;
  const disordered: Step[] = [];
  for (let i = 0; i < ordered.length; i += 2) {
    const pair = ordered.slice(i, i + 2);
    disordered.push(...[...pair].reverse(), ...pair);
  }
  return disordered;
}
