import type { AreaKind } from '@sc/contracts';
import fc from 'fast-check';
import { blindSpots, type Guard, type Place } from './blind-spots.js';

const place = (path: string, kind: AreaKind, drawn = true): Place => ({
  id: path.split('/').at(-1)!,
  kind,
  path: path.split('/'),
  drawn,
});
const places = [
  place('c', 'community'),
  place('c/g', 'duty-grid'),
  place('c/g/b1', 'building'),
  place('c/g/b1/r1', 'room', false),
  place('c/g/b1/r2', 'room', false),
  place('c/g/b2', 'building'),
];
const guard = (areaId: string, why?: Guard['why'], domain = 'fire', id = `c/${areaId}-${domain}`): Guard => ({
  id,
  name: id,
  areaId,
  domain,
  why,
  lastSeenAt: null,
});
const life = new Set(['fire']);
const told = (guards: Guard[]) =>
  blindSpots(places, guards, life).map(({ areaId, domain, reason, shownOn }) =>
    [areaId, domain, reason, shownOn].join(' '),
  );

it('a building without a working detector is blind; one in a flat guards it', () => {
  expect(told([])).toEqual(['b1 fire no-device b1', 'b2 fire no-device b2']);
  expect(told([guard('r1'), guard('b2')])).toEqual([]);
});

it.each(['never-seen', 'offline', 'silent', 'out-of-service'] as const)(
  'a detector that is %s guards nobody',
  (why) => {
    expect(told([guard('r1'), guard('b2', why)])).toEqual(['b2 fire not-working b2']);
  },
);

it('a flat that lost its own is told, shown on its building; not again where the whole building is blind', () => {
  expect(told([guard('r1', 'silent'), guard('r2'), guard('b2')])).toEqual(['r1 fire not-working b1']);
  expect(told([guard('r1', 'silent'), guard('r2', 'offline'), guard('b2')])).toEqual(['b1 fire not-working b1']);
});

it('other kinds are expected only where somebody put them, and in the open only right there', () => {
  const all = [guard('r1'), guard('b2')];
  expect(told([...all, guard('g', 'offline', 'camera')])).toEqual(['g camera not-working g']);
  // A camera in a building sees nothing of the yard.
  expect(told([...all, guard('g', 'offline', 'camera'), guard('b1', undefined, 'camera', 'c/x')])).toEqual([
    'g camera not-working g',
  ]);
});

it('danger to life comes first, and no more than five devices are named', () => {
  const deaf = Array.from({ length: 7 }, (_, i) => guard('b2', 'silent', 'fire', `c/d${i}`));
  const spots = blindSpots(places, [guard('c', 'offline', 'access'), guard('r1'), ...deaf], life);
  expect(spots.map(({ areaId }) => areaId)).toEqual(['b2', 'c']);
  expect(spots[0]).toMatchObject({ count: 7, lifeSafety: true });
  expect(spots[0]!.devices).toHaveLength(5);
});

it('never speaks of a place where a device of the kind works, and working devices never add a bare place', () => {
  const guards = fc.array(
    fc.record({
      areaId: fc.constantFrom(...places.map(({ id }) => id)),
      domain: fc.constantFrom('fire', 'water', 'camera'),
      why: fc.constantFrom(undefined, 'silent', 'offline'),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(guards, guards, (some, more) => {
      const made = some.map((one, i) => guard(one.areaId, one.why as Guard['why'], one.domain, `c/${i}`));
      const spots = blindSpots(places, made, life);
      for (const spot of spots) {
        const right = made.filter(({ areaId, domain }) => areaId === spot.areaId && domain === spot.domain);
        expect(right.every(({ why }) => why)).toBe(true);
      }
      // Every device that fell silent must be found in or below a spot, or a working one of its kind stands for it.
      const keys = new Set(spots.map(({ areaId, domain }) => `${areaId} ${domain}`));
      const byId = new Map(places.map((one) => [one.id, one]));
      for (const one of made.filter(({ why }) => why)) {
        const path = byId.get(one.areaId)!.path;
        const covered = made.some(
          (other) => !other.why && other.domain === one.domain && byId.get(other.areaId)!.path.includes(one.areaId),
        );
        expect(covered || path.some((id) => keys.has(`${id} ${one.domain}`))).toBe(true);
      }
      const fixed = more.map((one, i) => guard(one.areaId, undefined, one.domain, `c/m${i}`));
      const bare = (of: typeof spots) => of.filter(({ reason }) => reason === 'no-device').length;
      expect(bare(blindSpots(places, [...made, ...fixed], life))).toBeLessThanOrEqual(bare(spots));
    }),
  );
});
