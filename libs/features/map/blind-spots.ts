import type { AreaKind, BlindSpot, DeafDevice } from '@sc/contracts';

export interface Place {
  id: string;
  kind: AreaKind;
  /** Ids from the root down to the place itself. */
  path: string[];
  drawn: boolean;
}

export interface Guard extends Omit<DeafDevice, 'why'> {
  areaId: string;
  domain: string;
  /** Why it protects nobody; undefined: it works. */
  why: DeafDevice['why'] | undefined;
}

const mostNamed = 5;
/** Walls hold what is inside together: a detector in a flat guards its building. A bin in a yard says nothing of the next one. */
const indoors: ReadonlySet<AreaKind> = new Set(['building', 'room']);

/**
 * Places that no working device of a kind protects. The shape of a spot is that of its place. The rule is our own choice:
 *
 * 1. A building is blind for every kind that protects lives unless a device of the kind works in it or in one of its rooms.
 *    GB 50116-2013, 6.2.2 (1) wants a detector in every room of a detection zone; which rooms those are stands in the plans of the
 *    building, which the platform does not know (floors are no areas here), so it tells what is certain: nothing at all is heard.
 * 2. Where somebody registered devices of a kind, the place is meant to be protected by it: it is blind when none of them works.
 *    In buildings and rooms those below count too, elsewhere only those right there.
 * 3. What lies in a blind building or room is not told again for the same kind.
 *
 * A device works when it is connected, its silence is no open alarm, and it was not taken out of service. A silent detector
 * is no detector: it counts as none.
 */
export function blindSpots(
  places: readonly Place[],
  guards: readonly Guard[],
  lifeSafety: ReadonlySet<string>,
): BlindSpot[] {
  const byId = new Map(places.map((place) => [place.id, place]));
  const [right, within] = [new Tally(), new Tally()];
  for (const guard of guards) {
    right.add(guard.areaId, guard);
    for (const id of byId.get(guard.areaId)?.path ?? []) within.add(id, guard);
  }
  const found: BlindSpot[] = [];
  const blind = new Set<string>();
  // Larger places first: what lies in a blind one is not told again.
  for (const place of places.toSorted((a, b) => a.path.length - b.path.length)) {
    const expected = new Set(right.domains(place.id));
    if (place.kind === 'building') for (const domain of lifeSafety) expected.add(domain);
    for (const domain of expected) {
      const there = (indoors.has(place.kind) ? within : right).of(place.id, domain);
      if (there.some(({ why }) => !why) || place.path.some((id) => blind.has(`${id} ${domain}`))) continue;
      if (indoors.has(place.kind)) blind.add(`${place.id} ${domain}`);
      found.push({
        areaId: place.id,
        shownOn: place.path.findLast((id) => byId.get(id)?.drawn) ?? null,
        domain,
        lifeSafety: lifeSafety.has(domain),
        reason: there.length ? 'not-working' : 'no-device',
        count: there.length,
        devices: there
          .slice(0, mostNamed)
          .map(({ id, name, lastSeenAt, why }) => ({ id, name, lastSeenAt, why: why! })),
      });
    }
  }
  const order = new Map(places.map(({ id }, index) => [id, index]));
  return found.sort(
    (a, b) => Number(b.lifeSafety) - Number(a.lifeSafety) || order.get(a.areaId)! - order.get(b.areaId)!,
  );
}

/** Devices by place and kind. */
class Tally {
  private readonly byPlace = new Map<string, Map<string, Guard[]>>();

  add(areaId: string, guard: Guard): void {
    const kinds = this.byPlace.get(areaId) ?? new Map<string, Guard[]>();
    this.byPlace.set(areaId, kinds);
    const there = kinds.get(guard.domain);
    if (there) there.push(guard);
    else kinds.set(guard.domain, [guard]);
  }

  domains = (areaId: string): Iterable<string> => this.byPlace.get(areaId)?.keys() ?? [];
  of = (areaId: string, domain: string): readonly Guard[] => this.byPlace.get(areaId)?.get(domain) ?? [];
}
