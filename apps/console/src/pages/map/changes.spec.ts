import type { MapDevice, MapDevices } from '@sc/contracts';
import { QueryClient } from '@tanstack/react-query';
import { mapKeys } from '../../api/map.js';
import { MapChanges, replaced } from './changes.js';

const device = (id: string, connection: MapDevice['connection'] = 'online'): MapDevice => ({
  id,
  connection,
  domain: 'fire',
  name: id,
  areaId: 'a',
  position: null,
});
const changed = (deviceId: string) => ['device.changed.v1', { deviceId, change: 'offline' }] as const;

function aMap(answers: (ids: readonly string[]) => Promise<MapDevices>) {
  const queries = new QueryClient();
  queries.setQueryData(mapKeys.devices, { items: [device('c/a'), device('c/b')], truncated: false });
  const asked: string[][] = [];
  const changes = new MapChanges(queries, {
    devicesOf: (ids) => {
      asked.push([...ids]);
      return answers(ids);
    },
    order: () => Promise.reject(new Error('not asked for')),
  });
  const seen = () => queries.getQueryData<MapDevices>(mapKeys.devices)!.items;
  return { queries, changes, asked, seen };
}

it('asks for what changed, once, and leaves the rest alone', async () => {
  const { changes, asked, seen } = aMap(async () => ({ items: [device('c/b', 'offline')], truncated: false }));
  const before = seen()[0];
  for (let i = 0; i < 50; i += 1) changes.take(...changed('c/b'));
  changes.take('device.changed.v1', { deviceId: 'not an id' });
  await changes.flush();
  expect(asked).toEqual([['c/b']]);
  expect(seen().map(({ connection }) => connection)).toEqual(['online', 'offline']);
  expect(seen()[0]).toBe(before);
  changes.stop();
});

it('what changes while an answer is on its way is asked for after it', async () => {
  let answer: (devices: MapDevices) => void = () => undefined;
  const { changes, asked } = aMap(() => new Promise((resolve) => (answer = resolve)));
  changes.take(...changed('c/a'));
  const first = changes.flush();
  changes.take(...changed('c/b'));
  await changes.flush();
  expect(asked).toEqual([['c/a']]);
  answer({ items: [], truncated: false });
  await first;
  const second = changes.flush();
  answer({ items: [], truncated: false });
  await second;
  expect(asked).toEqual([['c/a'], ['c/b']]);
  changes.stop();
});

it.each([
  ['fails', 1],
  ['is about too many', 201],
])('a change that %s is mended by asking for everything', async (_, count) => {
  const { queries, changes, seen } = aMap(() => Promise.reject(new Error('away')));
  for (let i = 0; i < count; i += 1) changes.take(...changed(`c/d${i}`));
  await changes.flush();
  expect(queries.getQueryState(mapKeys.devices)?.isInvalidated).toBe(true);
  expect(seen()).toHaveLength(2);
  changes.stop();
});

it('what is gone goes, what is new comes', () => {
  expect(replaced([{ id: 'a' }, { id: 'b' }], ['b', 'c'], [{ id: 'c' }])).toEqual([{ id: 'a' }, { id: 'c' }]);
});
