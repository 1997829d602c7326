import fc from 'fast-check';
import { matterKey, matterOf, probableCauseOf, sameMomentMs, sharedCause, type Silent } from './matter.js';

const own = { areaId: 'b1', domain: 'fire', category: 'fire-device-maintenance' };
const shared = { areaId: 'b1', ...sharedCause };
const silent = (deviceId: string, domain: string, lastHeardAt = 0, bridgeId: string | null = null): Silent => ({
  deviceId,
  domain,
  lastHeardAt,
  bridgeId,
});
const one = silent('c/1', 'fire');

describe('where an alarm belongs', () => {
  it('its own place and kind of work, whoever else is silent', () => {
    const others = [one, silent('c/2', 'access'), silent('c/3', 'water')];
    expect(matterOf({ own, silent: undefined, current: undefined }, others)).toEqual(own);
  });

  it.each([
    ['two devices', [one, silent('c/2', 'access')], own],
    ['three of one domain', [one, silent('c/2', 'fire'), silent('c/3', 'fire')], own],
    ['one device told three times', [one, one, silent('c/1', 'access')], own],
    ['three of two domains at one moment', [silent('c/2', 'access'), silent('c/3', 'fire')], shared],
    ['a third an hour before', [one, silent('c/2', 'access'), silent('c/3', 'fire', -3_600_000)], own],
    ['a third at the edge', [one, silent('c/2', 'access'), silent('c/3', 'fire', -sameMomentMs)], shared],
  ])('silent with %s', (_, others, expected) => {
    expect(matterOf({ own, silent: one, current: undefined }, others)).toEqual(expected);
  });

  it('stays with the shared cause when the others are heard again, in its own building only', () => {
    expect(matterOf({ own, silent: one, current: shared }, [one])).toEqual(shared);
    expect(matterOf({ own, silent: one, current: { ...shared, areaId: 'b2' } }, [one])).toEqual(own);
  });

  it('never outside its building, and the same for every device of the moment', () => {
    const anySilent = fc.record({
      deviceId: fc.constantFrom('c/1', 'c/2', 'c/3', 'c/4'),
      domain: fc.constantFrom('fire', 'access'),
      lastHeardAt: fc.constantFrom(0, 1, sameMomentMs / 2),
      bridgeId: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anySilent, { selector: ({ deviceId }) => deviceId, minLength: 1 }), (all) => {
        const keys = all.map((device) => matterOf({ own, silent: device, current: undefined }, all));
        expect(new Set(keys.map(matterKey)).size).toBe(1);
        for (const { areaId } of keys) expect(areaId).toBe('b1');
      }),
    );
  });
});

describe('the probable cause', () => {
  it.each([
    ['nothing', [], null],
    ['two', [one, silent('c/2', 'fire')], null],
    ['three at one moment', [one, silent('c/2', 'fire'), silent('c/3', 'fire')], 'power-or-network'],
    ['three of one bridge', ['c/1', 'c/2', 'c/3'].map((id) => silent(id, 'camera', 0, 'c/frigate')), 'bridge-lost'],
    ['one device twice', [one, one, silent('c/2', 'fire')], null],
    [
      'a bridge and its neighbour',
      [...['c/2', 'c/3'].map((id) => silent(id, 'camera', 0, 'c/f')), one],
      'power-or-network',
    ],
  ])('of %s', (_, devices, expected) => {
    expect(probableCauseOf(devices)).toBe(expected);
  });
});
