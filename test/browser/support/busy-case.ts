import type { WorkOrderDetail } from '@sc/contracts';

const person = (n: number, name: string) => ({ id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, name });
const manager = person(9, '刘芳');
const officer = person(5, '陈志强');

/** What the side flows of a long case leave on its page. */
export const aBusyCase = (
  ago: (seconds: number) => string,
): Pick<WorkOrderDetail, 'checklist' | 'urges' | 'assists' | 'extension'> => ({
  checklist: [
    {
      item: { key: 'power', kind: 'check', title: { 'zh-CN': '电源已切断', en: 'Power is off' }, required: true },
      value: true,
      inOrder: true,
      answeredBy: officer,
      answeredAt: ago(500),
    },
    {
      item: {
        key: 'co',
        kind: 'number',
        title: { 'zh-CN': '一氧化碳读数', en: 'Reading of carbon monoxide' },
        required: true,
        unit: 'ppm',
        max: 30,
      },
      value: 42,
      inOrder: false,
      answeredBy: officer,
      answeredAt: ago(480),
    },
    {
      item: { key: 'cause', kind: 'text', title: { 'zh-CN': '起因', en: 'Cause' }, required: false },
      value: null,
      inOrder: null,
      answeredBy: null,
      answeredAt: null,
    },
  ],
  urges: [
    {
      id: person(70, '').id,
      urgedBy: manager,
      urgedAt: ago(900),
      answerBy: ago(-1800),
      note: '居民多次来电',
      answeredBy: officer,
      answeredAt: ago(600),
      answer: '正在现场处理',
    },
    { id: person(71, '').id, urgedBy: manager, urgedAt: ago(300), answerBy: ago(60), note: '何时完成？' },
  ].map((urge) => ({
    answeredBy: null,
    answeredAt: null,
    answer: null,
    overdueAt: urge.answer ? null : ago(60),
    ...urge,
  })),
  assists: [
    {
      id: person(72, '').id,
      team: { id: person(73, '').id, name: { 'zh-CN': '电工组', en: 'Electricians' } },
      person: null,
      invitedBy: officer,
      invitedAt: ago(800),
      note: '带电线路',
      state: 'done',
      endedBy: manager,
      endedAt: ago(520),
      endNote: '已断电',
    },
  ],
  extension: {
    limit: { amount: 240, unit: 'working-minutes' },
    askedBy: officer,
    askedAt: ago(200),
    reason: '等待备件',
  },
});
