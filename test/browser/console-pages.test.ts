import { describeIfChromium } from './support/chromium.js';
import { desk, phone } from './support/console.js';
import { anEmptySite, incidentId, orderId, uuid } from './support/fixtures.js';
import { handoverId } from './support/handovers.js';
import { pictureAlarms } from './support/other-domains.js';
import { caseToken, placeCode } from './support/residents.js';
import { roundId } from './support/rounds.js';
import { type Names, Tour } from './support/tour.js';

const alarms: Names = [
  ['alarms', '/alarms'],
  ['alarm', `/alarms/${uuid(500)}`],
  ['alarm-shelved', `/alarms/${uuid(541)}`],
  ['maintenance', '/maintenance'],
];
/** The page of an alarm as above, but for what has become of its picture. */
const pictures: Names = [
  ['picture-stored', `/alarms/${pictureAlarms.stored}`],
  ['picture-failed', `/alarms/${pictureAlarms.failed}`],
  ['picture-pending', `/alarms/${pictureAlarms.pending}`],
];
const workOrders: Names = [
  ['map', '/map'],
  ['map-blind-spots', '/map?layers=areas,devices,officers,rounds,blind-spots'],
  ['work-orders', '/work-orders'],
  ['work-orders-board', '/work-orders?view=board'],
  ['work-order', `/work-orders/${uuid(701)}`],
  ['incident', `/incidents/${incidentId}`],
  ['rounds', '/rounds'],
  ['round', `/rounds/${roundId}`],
];
const shiftPages: Names = [
  ['wallboard', '/wallboard'],
  ['handovers', '/handovers'],
  ['handover', `/handovers/${handoverId}`],
];
const devices: Names = [
  ['devices', '/devices'],
  ['device', '/devices/sunny/smoke-1'],
  ['device-rules', '/devices/sunny/smoke-7?tab=rules&view=table&range=7d'],
  ['device-login', '/devices/sunny/smoke-14?tab=access'],
  ['fleet', '/fleet'],
  ['camera', '/devices/sunny/cam-gate'],
  ['label-target', '/d/sunny/smoke-1'],
];
const fieldPages: Names = [
  ['field', '/field'],
  ['field-order', `/field/orders/${orderId}`],
  ['field-report', `/field/orders/${uuid(702)}`],
  ['field-report-case', '/field/report'],
  ['field-waiting', '/field/waiting'],
  ['field-scan', '/field/scan'],
  ['field-device', '/field/d/sunny/smoke-1'],
  ['field-figures', '/field/figures'],
  ['field-rounds', '/field/rounds'],
  ['field-round', `/field/rounds/${roundId}`],
  ['field-messages', '/field/messages'],
  ['field-me', '/field/me'],
];
const residentPages: Names = [
  ['resident-place', `/r/${placeCode}`],
  ['resident-case', `/r/case#${caseToken}`],
];
/** Lists that may be empty or fail. */
const lists: Names = [...alarms, ...workOrders, ...devices].filter(([name]) =>
  ['alarms', 'maintenance', 'work-orders', 'rounds', 'devices', 'fleet'].includes(name),
);

/** One of three suites that tour the console, so that two workers share it. */
describeIfChromium('pages of the live work', () => {
  const tour = new Tour();

  beforeAll(() => tour.start(), 60_000);
  afterAll(() => tour.stop());
  beforeEach(() => tour.reset());

  // In parts, so that a page that hangs is told by the name of its part.
  it.each([
    ['alarms and what silences them', alarms],
    ['map, work orders and rounds', workOrders],
    ['the wallboard and the hand-over of a shift', shiftPages],
    ['devices', devices],
  ])(
    'are whole on the desk, in both languages, sizes and themes: %s',
    async (_, pages) => {
      expect(await tour.inspectDesk(pages)).toEqual([]);
    },
    180_000,
  );

  it('are whole whatever became of a picture', async () => {
    expect(await tour.inspect(pictures, { login: 'admin', locale: 'zh-CN', audit: 'everything' })).toEqual([]);
  }, 120_000);

  it('are whole on a sheet of labels', async () => {
    const labels: Names = [
      ['labels', '/labels?device=sunny/smoke-1&device=sunny/door-1&device=sunny/cam-gate'],
      ['resident-sheets', '/resident-sheets'],
    ];
    for (const locale of ['zh-CN', 'en'] as const) {
      const audit = locale === 'zh-CN' ? 'everything' : undefined;
      expect(await tour.inspect(labels, { login: 'admin', locale, audit })).toEqual([]);
      expect(await tour.inspect(labels, { login: 'admin', locale, viewport: phone, suffix: ' phone' })).toEqual([]);
    }
  }, 60_000);

  it('are whole in the field, by day and by night', async () => {
    const officer = { login: 'officer', viewport: phone } as const;
    expect(await tour.inspect(fieldPages, { ...officer, locale: 'zh-CN', audit: 'everything' })).toEqual([]);
    expect(await tour.inspect(fieldPages, { ...officer, locale: 'en' })).toEqual([]);
    expect(
      await tour.inspect(fieldPages, {
        ...officer,
        locale: 'zh-CN',
        theme: 'dark',
        suffix: ' dark',
        audit: 'contrast',
      }),
    ).toEqual([]);
  }, 180_000);

  it('are whole for residents, without a login, on small phones too', async () => {
    const small = { viewport: { width: 360, height: 640 } } as const;
    expect(await tour.inspect(residentPages, { ...small, locale: 'zh-CN', audit: 'everything' })).toEqual([]);
    expect(await tour.inspect(residentPages, { viewport: phone, locale: 'en', audit: 'everything' })).toEqual([]);
    const dark = { theme: 'dark', suffix: ' dark', audit: 'contrast' } as const;
    expect(await tour.inspect(residentPages, { ...small, ...dark, locale: 'en' })).toEqual([]);
  }, 60_000);

  it('ask for the login', async () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const audit = locale === 'zh-CN' ? 'everything' : undefined;
      expect(await tour.inspect([['login', '/']], { locale, viewport: desk, audit })).toEqual([]);
      expect(await tour.inspect([['login', '/field']], { locale, viewport: phone, audit, suffix: ' field' })).toEqual(
        [],
      );
    }
  }, 60_000);

  it('say calmly that there is nothing', async () => {
    tour.api.site = anEmptySite(Date.now());
    const empty = { locale: 'en', suffix: ' empty' } as const;
    expect(await tour.inspect(lists, { ...empty, login: 'admin', audit: 'contrast' })).toEqual([]);
    expect(
      await tour.inspect(fieldPages.slice(0, 1), { ...empty, login: 'officer', viewport: phone, audit: 'everything' }),
    ).toEqual([]);
  }, 120_000);

  it('say what went wrong, in words', async () => {
    for (const path of [
      '/alarms',
      '/work-orders',
      '/rounds',
      '/devices',
      '/fleet',
      '/maintenance-windows',
      '/out-of-service',
    ])
      tour.api.problems.set(path, 'unavailable');
    expect(await tour.inspect(lists, { login: 'admin', locale: 'en', suffix: ' problem', audit: 'contrast' })).toEqual(
      [],
    );
  }, 120_000);
});
