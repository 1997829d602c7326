import type { CatalogueDetail } from '@sc/contracts';
import { defaultEntries } from '../../../libs/features/catalogue/defaults/index.js';

/** The defaults, and one kind of work that waits for somebody to admit it. */
export const someEntries = (at: string): CatalogueDetail[] => {
  const details = [...defaultEntries.values()].map((draft): CatalogueDetail => ({
    ...draft,
    kind: draft.asked ? 'item' : 'branch',
    state: 'active',
    version: 1,
    severity: draft.asked?.severity ?? null,
    origin: 'default',
    newerDefault: draft.code === 'exposed-rubbish',
    proposal: null,
    may: { change: true, decide: false },
    openOrders: draft.asked ? 2 : 0,
  }));
  const like = details.find(({ code }) => code === 'pipe-leaking')!;
  const by = { id: '01990000-0000-7000-8000-0000000000aa', name: '刘建国' };
  details.push({
    ...like,
    code: 'charging-point',
    title: { 'zh-CN': '充电桩故障', en: 'Charging point out of order' },
    state: 'proposed',
    origin: 'own',
    proposal: { reason: '居民会议多次提出', by, at, decision: null },
    may: { change: true, decide: true },
  });
  return details;
};
