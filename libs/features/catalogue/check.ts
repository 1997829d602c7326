import {
  type CatalogueIssueCode,
  type Domain,
  mostCatalogueEntries,
  mostCatalogueItems,
  type StepLimit,
} from '@sc/contracts';
import { type Entry, isComing } from './entry.js';
import { alarmKey } from './kinds-of-work.js';

export interface CatalogueIssue {
  code: string;
  /** Of the draft. */
  field: 'parent' | 'state' | 'asked' | 'alarms' | 'limits' | 'verifier' | 'skills' | 'teamId' | 'checklist' | 'code';
  issue: CatalogueIssueCode;
  value: string;
}

/** What an entry may name. */
export interface CatalogueWorld {
  domains: readonly Domain[];
  skills: ReadonlySet<string>;
  /** Those in use. */
  teams: ReadonlySet<string>;
  /** Kinds of work that plans of rounds ask for: what fails in a round must find its case. */
  planned: ReadonlySet<string>;
}

/** Until somebody has accepted where lives may depend on it. */
const longestForLives = 60;

/**
 * What is wrong with the entries of these codes in the catalogue as it would be; nothing is wrong with one because of others that
 * stay as they are.
 */
export function checkEntries(
  codes: readonly string[],
  all: ReadonlyMap<string, Entry>,
  world: CatalogueWorld,
): CatalogueIssue[] {
  const items = [...all.values()].filter(({ asked }) => asked !== null);
  const tooMany = all.size > mostCatalogueEntries || items.length > mostCatalogueItems;
  const coming = new Set([...all.values()].flatMap((entry) => (isComing(entry) ? (entry.parent ?? []) : [])));
  const taken = takenBy(items);
  return codes.flatMap((code) => {
    const entry = all.get(code);
    if (!entry) return [];
    const issues: CatalogueIssue[] = [];
    const add: Add = (field, issue, value = '') => issues.push({ code, field, issue, value });
    if (tooMany) add('code', 'too-many-entries');
    checkPlace(entry, all, add);
    if (!isComing(entry) && coming.has(code)) add('state', 'has-children');
    if (!isComing(entry) && world.planned.has(code)) add('state', 'planned');
    if (entry.asked) checkAsked(entry.asked, world, add);
    if (entry.alarms) checkAlarms(entry, world, taken, add);
    return issues;
  });
}

type Add = (field: CatalogueIssue['field'], issue: CatalogueIssueCode, value?: string) => void;

function checkPlace(entry: Entry, all: ReadonlyMap<string, Entry>, add: Add): void {
  if (entry.parent === null) return;
  const parent = all.get(entry.parent);
  if (!parent) return add('parent', 'unknown-parent', entry.parent);
  if (parent.asked) return add('parent', 'parent-is-item', entry.parent);
  if (isComing(entry) && !isComing(parent)) add('parent', 'parent-retired', entry.parent);
  if (isInCircle(entry, all)) add('parent', 'own-parent', entry.parent);
}

/** Also when it hangs on a circle that it is not part of. */
function isInCircle(entry: Entry, all: ReadonlyMap<string, Entry>): boolean {
  const above = new Set([entry.code]);
  for (let code = entry.parent; code !== null; code = all.get(code)?.parent ?? null) {
    if (above.has(code)) return true;
    above.add(code);
  }
  return false;
}

function checkAsked(asked: NonNullable<Entry['asked']>, world: CatalogueWorld, add: Add): void {
  const keys = new Set<string>();
  for (const line of asked.checklist) {
    if (keys.has(line.key)) add('checklist', 'doubled-key', line.key);
    keys.add(line.key);
    if (line.kind === 'number' && line.min !== undefined && line.max !== undefined && line.min > line.max)
      add('checklist', 'empty-range', line.key);
  }
  for (const skill of asked.skills) if (!world.skills.has(skill)) add('skills', 'unknown-skill', skill);
  if (asked.teamId !== null && !world.teams.has(asked.teamId)) add('teamId', 'unknown-team', asked.teamId);
}

function checkAlarms(entry: Entry, world: CatalogueWorld, taken: ReadonlyMap<string, string[]>, add: Add): void {
  const { asked, areaId, state } = entry;
  const { domain: name, severities } = entry.alarms!;
  if (!asked) return add('alarms', 'branch-asks');
  if (areaId !== null) add('alarms', 'alarms-everywhere-only', areaId);
  const domain = world.domains.find((one) => one.name === name);
  if (!domain) add('alarms', 'unknown-domain', name);
  for (const severity of severities) {
    const others = taken.get(alarmKey(name, severity))?.filter((code) => code !== entry.code) ?? [];
    if (state === 'active' && others.length) add('alarms', 'alarms-taken', others[0]);
  }
  const lives = domain?.lifeSafety || severities.includes('extreme');
  if (!lives) return;
  if (asked.verifier !== 'staff') add('verifier', 'lives-need-staff');
  const grave = severities.some((severity) => severity === 'extreme' || severity === 'severe');
  if (grave && !runsDayAndNight(asked.limits.accept)) add('limits', 'lives-need-clock');
}

const runsDayAndNight = ({ amount, unit }: StepLimit): boolean => unit === 'minutes' && amount <= longestForLives;

/** Which items in use are those of which alarms. */
function takenBy(items: readonly Entry[]): Map<string, string[]> {
  const taken = new Map<string, string[]>();
  for (const { code, state, alarms } of items) {
    if (state !== 'active' || !alarms) continue;
    for (const severity of alarms.severities) {
      const key = alarmKey(alarms.domain, severity);
      taken.set(key, [...(taken.get(key) ?? []), code]);
    }
  }
  return taken;
}
