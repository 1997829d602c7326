import type { CatalogueEntry } from '@sc/contracts';
import { found, treeOf } from './tree-nodes.js';

const entry = (code: string, parent: string | null, zh: string, en: string) =>
  ({ code, parent, title: { 'zh-CN': zh, en } }) as CatalogueEntry;
const entries = [
  entry('events', null, '事件', 'Events'),
  entry('appearance', 'events', '市容环境', 'Appearance'),
  entry('rubbish', 'appearance', '暴露垃圾', 'Rubbish lying about'),
  entry('lift', 'gone', '电梯', 'Lift'),
];
const codes = (list: CatalogueEntry[]) => list.map(({ code }) => code);

it('finds in either language, with what it hangs on, and all that hangs on a branch', () => {
  expect(codes(found(entries, '垃圾'))).toEqual(['events', 'appearance', 'rubbish']);
  expect(codes(found(entries, 'RUBBISH lying'))).toEqual(['events', 'appearance', 'rubbish']);
  expect(codes(found(entries, '市容'))).toEqual(['events', 'appearance', 'rubbish']);
  expect(codes(found(entries, 'nothing'))).toEqual([]);
  expect(found(entries, ' ')).toHaveLength(4);
});

it('hangs what has no branch in sight at the top', () => {
  expect(treeOf(entries, ({ title }) => title.en).map(({ title }) => title)).toEqual(['Events', 'Lift']);
});
