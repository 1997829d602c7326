import type { Rule } from '@sc/contracts';

const hour = 3_600_000;
const common = { version: 2, domain: 'parking', certainty: 'observed', enabled: true, workOrder: false } as const;

/** Places for guests, taken for too long. Residents may stay for weeks, so these ask for a label on the device. */
export const stayRules: Rule[] = [
  {
    ...common,
    id: 'parking-visitor-bay-overstay',
    title: { 'zh-CN': '访客车位超时', en: 'Visitor bay taken too long' },
    guidance: {
      'zh-CN': '访客车位已被占用一天以上。核对车辆并联系车主；也可能是无人使用的车辆。',
      en: 'The visitor bay has been taken for more than a day. See whose car it is and call the owner; it may be an abandoned one.',
    },
    condition: {
      kind: 'sequence',
      on: [{ metric: 'occupied', value: true }],
      expect: [{ metric: 'occupied', value: false }],
      order: 'after',
      withinMs: 24 * hour,
    },
    appliesTo: { labels: ['visitor-bay'] },
    severity: 'minor',
    urgency: 'future',
    source: {
      'zh-CN': '自定：过夜的访客一天之内会离开；以小区管理规定为准。',
      en: 'Our own choice: a guest who stays over night is gone within a day; house rules of the site come first.',
    },
  },
  {
    ...common,
    id: 'parking-visitor-overstay',
    title: { 'zh-CN': '访客车辆超时未离场', en: 'Visitor has not left' },
    guidance: {
      'zh-CN': '从访客入口驶入的车辆一天内未见驶出。核对登记并联系车主；出口漏识别时在此说明。',
      en: 'A vehicle came in by the visitor gate and was not seen leaving within a day. Check the register and call the owner; say so if the exit missed it.',
    },
    // A plate that comes in again has left in between, though the exit did not see it.
    condition: {
      kind: 'sequence',
      on: [{ event: 'vehicle.entered' }],
      expect: [{ event: 'vehicle.left' }],
      order: 'after',
      withinMs: 24 * hour,
      subject: 'plate',
      restarts: true,
      quietMs: 7 * 24 * hour,
    },
    appliesTo: { labels: ['visitor-gate'] },
    severity: 'minor',
    urgency: 'future',
    source: {
      'zh-CN': '自定：与访客车位相同。出口摄像机偶尔漏识别车牌，因此一周没有消息即视为结束。',
      en: 'Our own choice: as for a visitor bay. Cameras at exits miss a plate now and then, so after a week without a word it is over.',
    },
  },
];
