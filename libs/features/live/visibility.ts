import type { EventType, Person, Role, StoredEvent } from '@sc/contracts';

/** Events about the platform itself, for those who look after it. */
const staffOnly: ReadonlySet<EventType> = new Set(['dead-letter.added.v1']);
const staff: ReadonlySet<Role> = new Set(['admin', 'operator']);

/** Of the whole site: what everybody may read anyway. */
const ofTheSite: ReadonlySet<EventType> = new Set(['rule.changed.v1', 'catalogue.changed.v1']);

/**
 * Whether a person may see an event: one for a single person only that person; one of an area whoever's area it is or
 * contains it; one of no area those who look after the platform.
 * @param areaPath ids from the root down to the event's area; empty when it is unknown
 */
export function maySee(person: Person, event: StoredEvent, areaPath: readonly string[]): boolean {
  if (event.personId !== null) return event.personId === person.id;
  if (staffOnly.has(event.type) && !staff.has(person.role)) return false;
  if (ofTheSite.has(event.type)) return true;
  return event.areaId === null ? staff.has(person.role) : areaPath.includes(person.areaId);
}
