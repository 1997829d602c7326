import {
  announcementSchema,
  orderResidentsSchema,
  residentCaseSchema,
  residentPlaceCodeSchema,
  residentPlaceSchema,
} from '@sc/contracts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const at = (now: number, hours: number) => new Date(now + hours * 3_600_000).toISOString();
const kept = { phoneDays: 30, linkDays: 90, wordsDays: 1095 };
const place = [text('阳光花园 3 号楼', 'Building 3'), text('阳光花园', 'Sunny Garden')];

export const placeCode = '7k2m9x4p0qvt';
export const caseToken = 'AAAAAAAAAAAAAAAAAAAAAA';

export const someAnnouncements = (now: number) => [
  announcementSchema.parse({
    id: uuid(9_301),
    areaId: 'grid-1',
    areaName: text('第一网格', 'Grid 1'),
    title: text('明天上午停水', 'No water tomorrow morning'),
    words: text(
      '9 点到 12 点检修水泵，请提前储水。',
      'The pump is repaired from nine to noon.\nPlease keep some water.',
    ),
    beginsAt: at(now, -2),
    endsAt: at(now, 30),
    state: 'shown',
    madeBy: '周敏',
    madeAt: at(now, -3),
  }),
];

export const somePlaceCodes = (now: number) => [
  residentPlaceCodeSchema.parse({
    areaId: 'grid-1',
    areaName: text('第一网格', 'Grid 1'),
    code: placeCode,
    reportsOpen: true,
    madeAt: at(now, -500),
    recentReports: 12,
  }),
];

/** Of every order, so that its panel is looked at. */
export const someOrderResidents = (now: number, unread = true) =>
  orderResidentsSchema.parse({
    links: [
      { id: uuid(9_310), kind: 'report', words: '三楼楼道灯不亮', at: at(now, -9), phone: true, rating: null },
      {
        id: uuid(9_311),
        kind: 'follow',
        words: null,
        at: at(now, -8),
        phone: false,
        rating: { score: 4, words: 'Quick, thank you', at: at(now, -1), unread: false },
      },
    ],
    messages: [
      {
        id: uuid(9_312),
        kind: 'question',
        words: '整层都不亮吗？',
        at: at(now, -7),
        by: '周敏',
        linkId: null,
        unread: false,
      },
      {
        id: uuid(9_313),
        kind: 'not-solved',
        words: '还是不亮',
        at: at(now, -6),
        by: null,
        linkId: uuid(9_310),
        unread,
      },
    ],
    publicPhotos: [],
    continues: { id: uuid(702), number: 'WO-000702' },
    continuedBy: null,
    phoneDays: 30,
  });

export function residentAnswer(path: string, now: number): unknown {
  if (path === `/residents/places/${placeCode}`)
    return residentPlaceSchema.parse({
      place,
      reportsOpen: true,
      serverTime: at(now, 0),
      categories: [
        {
          code: 'lighting-broken',
          title: text('照明损坏', 'Broken lighting'),
          group: text('公用设施', 'Public utilities'),
        },
      ],
      known: [0, 1].map((n) => ({
        id: uuid(9_320 + n),
        category: 'lighting-broken',
        title: text('照明损坏', 'Broken lighting'),
        step: n ? 'in-hand' : 'received',
        since: at(now, -5),
        here: n === 0,
      })),
      announcements: someAnnouncements(now),
      kept,
    });
  if (path === '/residents/case')
    return residentCaseSchema.parse({
      number: 'WO-000701',
      title: text('照明损坏', 'Broken lighting'),
      place,
      placement: '三楼',
      words: '三楼楼道灯不亮',
      kind: 'report',
      folded: true,
      step: 'done',
      history: [
        { step: 'received', at: at(now, -9) },
        { step: 'done', at: at(now, -1) },
      ],
      expected: null,
      messages: [
        { id: uuid(9_330), kind: 'question', words: '整层都不亮吗？', at: at(now, -7) },
        { id: uuid(9_331), kind: 'reply', words: '是的', at: at(now, -6) },
      ],
      photos: [],
      sent: { photos: 1, voices: 0 },
      may: { reply: true, attach: false, judge: true, rate: true },
      rating: null,
      continues: 'WO-000500',
      reopenUntil: at(now, 300),
      phone: true,
      phoneUntil: at(now, 700),
      linkUntil: at(now, 2000),
      kept,
    });
  return undefined;
}
