import type { Area, MapDevice, WorkOrder } from '@sc/contracts';
import { findOnMap } from './find.js';

const devices = Array.from({ length: 5000 }, (_, i) => ({ id: `c/smoke-${i}`, name: `${i}号烟感` })) as MapDevice[];
const areas = [{ id: 'b1', name: { 'zh-CN': '1号楼', en: 'Building 1' } }] as Area[];
const orders = [{ id: 'o1', number: 'WO-000123', title: { 'zh-CN': '火警', en: 'Fire' } }] as WorkOrder[];
const find = (words: string) =>
  findOnMap(words, {
    devices,
    areas,
    orders,
    nameOf: ({ name }) => name.en,
    titleOf: ({ title }) => title.en,
  }).map(({ kind, id }) => `${kind} ${id}`);

it('finds by id, name and number, whatever the case', () => {
  expect(find('building')).toEqual(['area b1']);
  expect(find('wo-000123')).toEqual(['case o1']);
  expect(find('FIRE')).toEqual(['case o1']);
  expect(find('c/smoke-4999')).toEqual(['device c/smoke-4999']);
  expect(find(' ')).toEqual([]);
  expect(find('no such thing')).toEqual([]);
});

it('names a handful, those that begin with the words first', () => {
  const found = find('17号');
  expect(found).toHaveLength(8);
  expect(found[0]).toBe('device c/smoke-17');
});
