import type { Area } from '@sc/contracts';
import { placeText } from './place.js';

const area = (id: string, kind: Area['kind'], path: string[], zh: string, en: string) => ({
  id,
  kind,
  path: [...path, id],
  name: { 'zh-CN': zh, en },
});
const all = [
  area('sunny', 'community', [], '阳光花园', 'Sunshine Gardens'),
  area('grid', 'duty-grid', ['sunny'], '第1责任网格', 'Duty grid 1'),
  area('b1', 'building', ['sunny', 'grid'], '1号楼', 'Building 1'),
  area('kitchen', 'room', ['sunny', 'grid', 'b1'], '厨房', 'Kitchen'),
  area('stove', 'room', ['sunny', 'grid', 'b1', 'kitchen'], '灶台', 'Stove'),
  area('cell', 'cell-grid', ['sunny', 'grid'], '花坛', 'Flower bed'),
];
const areas = new Map(all.map((a) => [a.id, a]));

describe('the name of a place', () => {
  it.each([
    ['a room says its building', 'kitchen', '1号楼 · 厨房', 'Building 1 · Kitchen'],
    [
      'a place in a room says everything from the building down',
      'stove',
      '1号楼 · 厨房 · 灶台',
      'Building 1 · Kitchen · Stove',
    ],
    ['a building stands for itself', 'b1', '1号楼', 'Building 1'],
    ['a place without a building says its duty grid', 'cell', '第1责任网格 · 花坛', 'Duty grid 1 · Flower bed'],
    ['a duty grid stands for itself', 'grid', '第1责任网格', 'Duty grid 1'],
    ['what lies above the grids stands for itself', 'sunny', '阳光花园', 'Sunshine Gardens'],
  ])('%s', (_, id, zh, en) => {
    expect(placeText(areas, (t) => t['zh-CN'], id)).toBe(zh);
    expect(placeText(areas, (t) => t.en, id)).toBe(en);
  });

  it('leaves out what the reader may not see between', () => {
    const some = new Map([...areas].filter(([id]) => id !== 'b1'));
    expect(placeText(some, (t) => t.en, 'kitchen')).toBe('Duty grid 1 · Kitchen');
  });

  it('uses the name it was given for an area out of sight, and its id when there is none', () => {
    const elsewhere = { 'zh-CN': '别处', en: 'Elsewhere' };
    expect(placeText(areas, (t) => t.en, 'far', elsewhere)).toBe('Elsewhere');
    expect(placeText(areas, (t) => t.en, 'far')).toBe('far');
    expect(placeText(new Map(), (t) => t.en, 'kitchen', elsewhere)).toBe('Elsewhere');
  });
});
