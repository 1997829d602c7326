import type { EventCondition } from '@sc/contracts';
import type { EventInput, Level } from '../types.js';

type Data = Record<string, unknown>;

/** Longer names of subjects are cut: they become part of an index. */
const longestSubject = 128;
const longestText = 256;
const mostMembers = 16;

/** Data comes from devices: a field is only what the device itself wrote, not what objects have by nature. */
const field = (data: Data, name: string): unknown => (Object.hasOwn(data, name) ? data[name] : undefined);
const membersOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

export function matches(all: EventCondition['match'], data: Data): boolean {
  return (all ?? []).every(({ field: name, anyOf }) =>
    membersOf(field(data, name)).some((member) => (anyOf as readonly unknown[]).includes(member)),
  );
}

export function levelOf(levels: EventCondition['levels'], data: Data): Level | undefined {
  if (!levels) return undefined;
  const name = scalar(field(data, levels.field));
  return name !== undefined && Object.hasOwn(levels.of, name) ? levels.of[name] : undefined;
}

/** '' for a rule without subjects, and for an event that names none. */
export function subjectOf(name: string | undefined, data: Data): string {
  return name === undefined ? '' : (scalar(field(data, name)) ?? '').slice(0, longestSubject).toWellFormed();
}

/** What the rule looked at and no more: the rest of the event may be about persons, and `eventKey` finds it. */
export function causeOf(
  { match, levels, subject }: Pick<EventCondition, 'match' | 'levels' | 'subject'>,
  { type, eventKey, data }: EventInput,
): Data {
  const cause: Data = { kind: 'event', type, eventKey };
  const names = [...(match ?? []).map((one) => one.field), levels?.field, subject];
  const looked = names.flatMap((name) => {
    const value = name === undefined ? undefined : bounded(field(data, name));
    return value === undefined ? [] : [[name, value] as const];
  });
  return looked.length ? { ...cause, data: Object.fromEntries(looked) } : cause;
}

function bounded(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, mostMembers).flatMap((member) => scalar(member) ?? []);
  return typeof value === 'string' ? scalar(value) : typeof value === 'object' ? undefined : value;
}

function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value.slice(0, longestText).toWellFormed();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
