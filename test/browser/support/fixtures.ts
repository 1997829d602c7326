import {
  alarmDetailSchema,
  areaSchema,
  auditEntrySchema,
  deadLetterSchema,
  deviceDetailSchema,
  domainSchema,
  incidentDetailSchema,
  notificationSchema,
  personSchema,
  shiftSchema,
  workOrderDetailSchema,
  type AlarmDetail,
  type AlarmSilence,
  type MaintenanceWindow,
  maintenanceWindowSchema,
  type OutOfService,
  type Area,
  type Bridge,
  type Candidate,
  type CandidateFacts,
  type DeviceDetail,
  type Domain,
  type Export,
  type IncidentDetail,
  type Person,
  type Picture,
  type Rule,
  type Severity,
  type System,
  type TimelineEntry,
  type WorkOrderDetail,
} from '@sc/contracts';
import { domains as allDomains } from '@sc/domains';
import { aBusyCase } from './busy-case.js';
import { aPhoto } from './attachments.js';
import { clocksAt } from './clocks.js';
import { telling, type Telling } from './channels.js';
import { someExports } from './exports.js';
import { aCalmSystem, aTroubledSystem } from './system.js';
import { bridges, cameraAlarms, cameraPictures, otherDevices } from './other-domains.js';
import { ownFacts } from './fleet.js';

/** Everything a small site has, checked by the contract. `now` is the site's present, epoch ms. */
export interface Site {
  people: Person[];
  areas: Area[];
  domains: Domain[];
  devices: DeviceDetail[];
  alarms: AlarmDetail[];
  silenced: AlarmDetail[];
  windows: MaintenanceWindow[];
  outOfService: OutOfService[];
  bridges: Bridge[];
  telling: Telling;
  /** By alarm and by device. */
  pictures: Record<string, Picture[]>;
  incidents: IncidentDetail[];
  workOrders: WorkOrderDetail[];
  deadLetters: ReturnType<typeof deadLetterSchema.parse>[];
  audit: ReturnType<typeof auditEntrySchema.parse>[];
  shifts: ReturnType<typeof shiftSchema.parse>[];
  notifications: ReturnType<typeof notificationSchema.parse>[];
  exports: Export[];
  system: System;
}

export const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`;
const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const origin: [number, number] = [116.397, 39.908];
const rectangle = (x: number, y: number, w: number, h: number) => {
  const at = (dx: number, dy: number): [number, number] => [
    origin[0] + (x + dx) / 85_000,
    origin[1] + (y + dy) / 111_000,
  ];
  return { type: 'Polygon' as const, coordinates: [[at(0, 0), at(w, 0), at(w, h), at(0, h), at(0, 0)]] };
};

export const incidentId = uuid(900);
export const orderId = uuid(700);
export const officerId = uuid(3);

const metric = (type: 'number' | 'boolean', unit: string, zh: string, en: string) => ({
  type,
  unit,
  title: text(zh, en),
  retention: 'life-safety' as const,
});

const rule = (id: string, severity: Severity, title: [string, string], condition: Rule['condition']): Rule => ({
  id,
  version: 1,
  domain: 'fire',
  title: text(...title),
  guidance: text(
    '立即派人到现场查看；确认火情后拨打 119，组织疏散，关闭燃气和电源。',
    'Send somebody at once. If there is fire: call 119, clear the building, shut off gas and power.',
  ),
  condition,
  severity,
  urgency: 'immediate',
  certainty: 'likely',
  workOrder: severity !== 'minor',
  enabled: true,
  source: text(
    'EN 14604：响应阈值 0.05–0.2 dB/m（1.1–4.5 %/m）；取上限，在 UL 217（0.5–4 %/ft，即 1.6–12.5 %/m）范围内。低于此值时，仪器会出现最高 4.2 %/m 的单次噪声读数。',
    'EN 14604: response threshold 0.05–0.2 dB/m (1.1–4.5 %/m); upper end taken, inside UL 217 (0.5–4 %/ft = 1.6–12.5 %/m). Below it meters show single noisy readings up to 4.2 %/m.',
  ),
});

const rules: Rule[] = [
  rule('smoke-high', 'extreme', ['烟雾浓度过高', 'Smoke level too high'], {
    kind: 'threshold',
    metric: 'smoke',
    direction: 'above',
    raiseAt: 4,
    clearAt: 2,
    onDelayMs: 5000,
    offDelayMs: 60_000,
    maxGapMs: 60_000,
  }),
  rule('heat-high', 'severe', ['温度过高', 'Temperature too high'], {
    kind: 'threshold',
    metric: 'temperature',
    direction: 'above',
    raiseAt: 57,
    clearAt: 50,
    onDelayMs: 0,
    offDelayMs: 60_000,
    maxGapMs: 60_000,
  }),
  rule('battery-low', 'minor', ['电池电量低', 'Battery low'], {
    kind: 'threshold',
    metric: 'battery',
    direction: 'below',
    raiseAt: 15,
    clearAt: 25,
    onDelayMs: 0,
    offDelayMs: 0,
    maxGapMs: 86_400_000,
  }),
  rule('silent', 'moderate', ['探测器失联', 'Detector silent'], { kind: 'silence', afterMs: 600_000 }),
];

const fire = (): Domain =>
  domainSchema.parse({
    name: 'fire',
    title: text('消防', 'Fire'),
    lifeSafety: true,
    metrics: {
      smoke: metric('number', '%/m', '烟雾减光率', 'Smoke obscuration'),
      temperature: metric('number', '°C', '温度', 'Temperature'),
      battery: metric('number', '%', '电池电量', 'Battery'),
      tamper: metric('boolean', '', '防拆', 'Tamper'),
    },
    events: { 'smoke.alarm': { title: text('烟雾报警', 'Smoke alarm') }, test: { title: text('自检', 'Self-test') } },
    rules,
    workOrders: [
      {
        severities: ['extreme', 'severe', 'moderate', 'minor', 'unknown'],
        category: 'fire-check',
        title: text('消防告警现场核查', 'Check a fire alarm on site'),
        instructions: text(
          '到现场查看探测器及周边，确认是否有火情；拍照记录，反馈原因和处理结果。',
          'Look at the detector and around it; find out whether there is fire; take a photo and report cause and result.',
        ),
        severity: 'severe',
        limits: { accept: { amount: 2, unit: 'minutes' }, handle: null, verify: null },
        skills: [],
        teamId: null,
        checklist: [],
        proof: 'photo',
        verifier: 'staff',
      },
    ],
  });

const areas = (): Area[] => {
  const list: [string, Area['kind'], string | null, string, string, Area['shape'], number | null][] = [
    ['dongcheng', 'district', null, '东城区', 'Dongcheng District', null, null],
    ['heping', 'street', 'dongcheng', '和平里街道', 'Hepingli Street', null, null],
    ['sunny', 'community', 'heping', '阳光花园社区', 'Sunny Gardens', rectangle(-30, -30, 660, 460), 712],
    ['grid-1', 'duty-grid', 'sunny', '第一网格', 'Grid 1', rectangle(0, 0, 290, 400), 356],
    ['grid-2', 'duty-grid', 'sunny', '第二网格', 'Grid 2', rectangle(310, 0, 290, 400), 356],
    ['b1', 'building', 'grid-1', '1 号楼', 'Building 1', rectangle(30, 40, 90, 40), 118],
    ['b2', 'building', 'grid-1', '2 号楼', 'Building 2', rectangle(160, 40, 90, 40), 119],
    ['b3', 'building', 'grid-1', '3 号楼', 'Building 3', rectangle(30, 260, 90, 40), 119],
    ['b4', 'building', 'grid-2', '4 号楼', 'Building 4', rectangle(350, 60, 90, 40), 178],
    [
      'b5',
      'building',
      'grid-2',
      '5 号楼（含地下车库及物业服务用房）',
      'Building 5 with underground car park and property office',
      rectangle(470, 250, 90, 60),
      178,
    ],
  ];
  const paths = new Map<string, string[]>();
  return list.map(([id, kind, parentId, zh, en, shape, households]) => {
    const path = [...(parentId ? (paths.get(parentId) ?? []) : []), id];
    paths.set(id, path);
    return areaSchema.parse({ id, kind, parentId, path, name: text(zh, en), shape, households });
  });
};

const people = (): Person[] =>
  (
    [
      [1, 'admin', '管理员', 'admin', 'zh-CN'],
      [2, 'operator', '李值班', 'operator', 'zh-CN'],
      [3, 'officer', '王晓敏', 'officer', 'zh-CN'],
      [4, 'manager', '赵主任', 'manager', 'en'],
    ] as const
  ).map(([n, login, name, role, locale]) =>
    personSchema.parse({ id: uuid(n), login, name, role, areaId: role === 'officer' ? 'grid-1' : 'sunny', locale }),
  );

export function aSite(now: number): Site {
  const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();
  const allAreas = areas();
  const areaName = (id: string) => allAreas.find((a) => a.id === id)?.name ?? text(id, id);
  const positions: Record<string, [number, number]> = {
    b1: [60, 60],
    b2: [200, 60],
    b3: [70, 280],
    b4: [390, 80],
    b5: [510, 280],
  };
  const devices = Array.from({ length: 14 }, (_, i) => {
    const building = `b${(i % 5) + 1}`;
    const [x, y] = positions[building] ?? [0, 0];
    const connection = i === 6 ? 'offline' : i === 13 ? 'never-seen' : 'online';
    return deviceDetailSchema.parse({
      id: `sunny/smoke-${i + 1}`,
      domain: 'fire',
      name: `${areaName(building)['zh-CN'].slice(0, 4)} 烟感 ${i + 1}`,
      areaId: building,
      position:
        i === 12 ? null : [origin[0] + (x + (i % 3) * 22) / 85_000, origin[1] + (y + Math.floor(i / 5) * 9) / 111_000],
      placement: i % 4 === 3 ? null : `${(i % 6) + 1}F 走廊`,
      labels: i % 4 === 3 ? ['kitchen'] : [],
      state: 'registered',
      connection,
      lastSeenAt: connection === 'never-seen' ? null : ago(connection === 'offline' ? 7300 : 4 + i),
      replacedBy: null,
      activeAlarms: [0, 3, 6, 9].includes(i) ? 1 : 0,
      ...ownFacts(ago, connection === 'never-seen' ? undefined : i === 9 ? 11 : 87),
      lastReadings:
        connection === 'never-seen'
          ? []
          : [
              { metric: 'smoke', ts: ago(4), value: i === 0 ? 5.82 : 0.04 },
              { metric: 'temperature', ts: ago(4), value: i === 0 ? 41.3 : 21.6 },
              { metric: 'battery', ts: ago(600), value: i === 9 ? 11 : 87 },
              { metric: 'tamper', ts: ago(4), value: false },
            ],
    });
  });

  const candidate = (
    over: Partial<Candidate> & Pick<Candidate, 'personId' | 'personName' | 'reason'>,
    facts: Partial<CandidateFacts> = {},
  ): Candidate => ({
    openOrders: 0,
    chosen: false,
    level: 0,
    at: ago(90),
    facts: {
      tier: 'grid',
      stepsUp: 0,
      who: 'grid-officers',
      missingSkills: [],
      load: 0,
      distanceM: 120,
      givenInShift: 1,
      lastGivenAt: null,
      onLeave: false,
      called: false,
      ...facts,
    },
    ...over,
  });
  const entry = (over: Partial<TimelineEntry> & Pick<TimelineEntry, 'at' | 'kind' | 'action'>): TimelineEntry => ({
    subjectId: uuid(1),
    fromState: null,
    toState: null,
    actorKind: 'system',
    actorName: null,
    note: null,
    data: {},
    ...over,
  });

  const anAlarm = (n: number, device: number, ruleIndex: number, over: Partial<AlarmDetail>): AlarmDetail => {
    const d = devices[device];
    const r = rules[ruleIndex];
    if (!d || !r) throw new Error('no such fixture');
    const raisedAt = over.raisedAt ?? ago(60);
    return alarmDetailSchema.parse({
      id: uuid(n),
      deviceId: d.id,
      deviceName: d.name,
      domain: 'fire',
      ruleId: r.id,
      title: r.title,
      guidance: r.guidance,
      areaId: d.areaId,
      areaName: areaName(d.areaId),
      state: 'unacknowledged',
      severity: r.severity,
      urgency: r.urgency,
      certainty: r.certainty,
      conditionActive: true,
      raisedAt,
      clearedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      occurrences: 1,
      lastSeenAt: raisedAt,
      cause: { metric: 'smoke', value: 5.82 },
      incidentId: null,
      workOrderId: null,
      latching: false,
      assigneeId: null,
      assigneeName: null,
      silence: null,
      shelvableMinutes: r.severity === 'extreme' ? 10 : 480,
      judgement: null,
      judgedBy: null,
      judgedAt: null,
      timeline: [entry({ at: raisedAt, kind: 'alarm', action: 'raise', actorKind: 'device', actorName: d.name })],
      ...over,
    });
  };

  const alarms = [
    anAlarm(500, 0, 0, { raisedAt: ago(94), incidentId, workOrderId: orderId }),
    anAlarm(501, 3, 1, {
      raisedAt: ago(1260),
      cause: { metric: 'temperature', value: 61.5 },
      state: 'acknowledged',
      acknowledgedAt: ago(1200),
      acknowledgedBy: '李值班',
      occurrences: 3,
    }),
    anAlarm(502, 6, 3, {
      raisedAt: ago(6700),
      cause: { silentMs: 600_000 },
      state: 'returned-unacknowledged',
      conditionActive: false,
      clearedAt: ago(300),
    }),
    anAlarm(503, 9, 2, {
      raisedAt: ago(200_000),
      cause: { metric: 'battery', value: 11 },
      state: 'acknowledged',
      acknowledgedAt: ago(190_000),
      acknowledgedBy: '李值班',
    }),
  ];

  const story: TimelineEntry[] = [
    entry({
      at: ago(94),
      kind: 'alarm',
      action: 'raise',
      actorKind: 'device',
      actorName: devices[0]?.name ?? null,
      data: { metric: 'smoke', value: 5.82 },
    }),
    entry({ at: ago(93), kind: 'work-order', action: 'register' }),
    entry({
      at: ago(93),
      kind: 'work-order',
      action: 'dispatch',
      data: { assigneeId: officerId, assigneeName: '王晓敏' },
    }),
    entry({ at: ago(92), kind: 'notification', action: 'work-order-assigned', data: { personName: '王晓敏' } }),
  ];
  const clocks = clocksAt(now);
  const order = (n: number, over: Partial<WorkOrderDetail>): WorkOrderDetail =>
    workOrderDetailSchema.parse({
      id: uuid(n),
      duplicateOf: null,
      source: 'alarm',
      proof: 'photo',
      resumeAt: null,
      score: null,
      description: null,
      finder: null,
      suspendedFrom: null,
      checklist: [],
      extension: null,
      urges: [],
      assists: [],
      number: `WO-${String(n - 577).padStart(6, '0')}`,
      incidentId,
      category: 'fire-check',
      title: text('消防告警现场核查', 'Check a fire alarm on site'),
      instructions: fire().workOrders[0]!.instructions,
      state: 'dispatched',
      severity: 'extreme',
      areaId: 'b1',
      areaName: areaName('b1'),
      dutyGridId: 'grid-1',
      position: origin,
      placement: '1F 走廊',
      assigneeId: officerId,
      assigneeName: '王晓敏',
      escalationLevel: 0,
      acceptBy: new Date(now + 86_000).toISOString(),
      clock: clocks.accepting,
      photoRequired: true,
      createdAt: ago(93),
      updatedAt: ago(93),
      closedAt: null,
      allowedActions: [],
      alarms: alarms.slice(0, 1),
      timeline: story,
      attachments: [],
      candidates: [
        candidate({ personId: officerId, personName: '王晓敏', chosen: true, reason: 'least-load' }),
        candidate({ personId: uuid(5), personName: '陈志强', openOrders: 2, reason: 'has-more-load' }, { load: 5 }),
        candidate(
          { personId: uuid(6), personName: '赵敏', reason: 'lacks-skill' },
          { tier: 'community', missingSkills: ['lift'], distanceM: null, lastGivenAt: ago(200) },
        ),
      ],
      ...over,
    });
  const workOrders = [
    order(700, {}),
    order(701, {
      ...aBusyCase(ago),
      extension: null,
      state: 'reported',
      clock: clocks.verifying,
      severity: 'severe',
      areaId: 'b4',
      areaName: areaName('b4'),
      assigneeId: uuid(5),
      assigneeName: '陈志强',
      createdAt: ago(1250),
      attachments: [
        aPhoto({ id: uuid(800), bytes: 120_000, uploadedAt: ago(400), uploadedBy: '陈志强', kind: 'after' }),
      ],
      timeline: [
        ...story.slice(1, 3).map((e) => ({ ...e, at: ago(1250) })),
        entry({ at: ago(1190), kind: 'work-order', action: 'accept', actorKind: 'person', actorName: '陈志强' }),
        entry({ at: ago(1000), kind: 'work-order', action: 'start', actorKind: 'person', actorName: '陈志强' }),
        entry({
          at: ago(400),
          kind: 'work-order',
          action: 'report',
          actorKind: 'person',
          actorName: '陈志强',
          note: '厨房油锅过热引起，已关闭燃气并通风，探测器已复位。住户已接受安全提示。',
          data: { attachmentIds: [uuid(800)] },
        }),
      ],
    }),
    order(702, {
      checklist: aBusyCase(ago).checklist,
      extension: aBusyCase(ago).extension,
      state: 'in-hand',
      clock: clocks.handlingLate,
      severity: 'moderate',
      areaId: 'b5',
      areaName: areaName('b5'),
      placement: null,
      createdAt: ago(6600),
    }),
    order(703, {
      state: 'closed',
      clock: null,
      severity: 'minor',
      areaId: 'b2',
      areaName: areaName('b2'),
      createdAt: ago(180_000),
      closedAt: ago(90_000),
    }),
  ];
  return {
    people: people(),
    areas: allAreas,
    domains: [fire(), ...allDomains.filter(({ name }) => name !== 'fire')],
    devices: [...devices, ...otherDevices(ago)],
    alarms: [...alarms, ...cameraAlarms(ago)],
    silenced: [
      anAlarm(540, 4, 1, {
        state: 'suppressed-by-design',
        silence: aSilence('maintenance', ago(3600), ago(-5400)),
        shelvableMinutes: 0,
      }),
      anAlarm(541, 5, 3, {
        state: 'shelved',
        silence: aSilence('shelf', ago(600), ago(-1200)),
        shelvableMinutes: 0,
        assigneeName: '李值班',
      }),
      anAlarm(542, 7, 2, {
        state: 'out-of-service',
        silence: aSilence('out-of-service', ago(86_400), null),
        conditionActive: false,
        shelvableMinutes: 0,
      }),
    ],
    windows: [
      aWindow(520, {
        state: 'running',
        startsAt: ago(3600),
        endsAt: ago(-5400),
        silencedAlarms: 1,
        areaName: areaName('b2'),
      }),
      aWindow(521, {
        state: 'planned',
        startsAt: ago(-86_400),
        endsAt: ago(-93_600),
        domain: 'fire',
        lifeSafety: true,
        reason: '年度消防联动测试',
        areaName: areaName('b2'),
      }),
    ],
    outOfService: [
      {
        id: uuid(530),
        deviceId: 'sunny/smoke-1',
        deviceName: devices[0]?.name ?? '',
        areaId: devices[0]?.areaId ?? 'b1',
        areaName: areaName('b1'),
        ruleId: null,
        ruleTitle: null,
        reason: '外壳损坏，已订购新设备',
        takenBy: '赵经理',
        takenAt: ago(86_400),
      },
    ],
    bridges: bridges(ago),
    telling: telling(ago),
    pictures: cameraPictures(ago),
    workOrders,
    incidents: [
      incidentDetailSchema.parse({
        id: incidentId,
        category: 'fire-check',
        mergedInto: null,
        splitFrom: null,
        merged: [],
        probableCause: null,
        domain: 'fire',
        state: 'open',
        severity: 'extreme',
        areaId: 'b1',
        areaName: areaName('b1'),
        openedAt: ago(94),
        closedAt: null,
        alarms: alarms.slice(0, 1),
        workOrders: workOrders.slice(0, 1),
        timeline: story,
      }),
    ],
    deadLetters: [
      {
        id: uuid(600),
        kind: 'message',
        deviceId: 'sunny/smoke-1',
        subject: 'sc/fire/sunny/smoke-1/telemetry',
        reason: 'value-out-of-range',
        detail: 'temperature: 900 is above 200 °C',
        payload: '{"ts":1763743200123,"values":{"temperature":900}}',
        payloadBytes: 49,
        at: ago(3000),
        replayedAt: null,
      },
      {
        id: uuid(601),
        kind: 'job',
        deviceId: null,
        subject: 'send-webhook',
        reason: 'http-500',
        detail: 'the receiver answered 500 five times',
        payload: '{"eventId":"00000000-0000-4000-8000-000000000001"}',
        payloadBytes: 50,
        at: ago(9000),
        replayedAt: ago(100),
      },
    ].map((d) => deadLetterSchema.parse(d)),
    audit: [3, 2, 1].map((sequence) =>
      auditEntrySchema.parse({
        sequence,
        at: ago(100 * (4 - sequence)),
        actorKind: sequence === 2 ? 'system' : 'person',
        actorId: uuid(1),
        actorName: sequence === 2 ? null : '管理员',
        action: ['device.registered', 'work-order.dispatch', 'alarm.acknowledged'][sequence - 1] ?? '',
        subjectType: ['device', 'work-order', 'alarm'][sequence - 1] ?? '',
        subjectId: ['sunny/smoke-1', uuid(700), uuid(501)][sequence - 1] ?? '',
        change: { state: ['dispatched', 'accepted'] },
        hash: String(sequence).repeat(64),
      }),
    ),
    shifts: [
      { personId: officerId, personName: '王晓敏', areaId: 'grid-1' },
      { personId: uuid(5), personName: '陈志强', areaId: 'grid-2' },
    ].map((s, i) =>
      shiftSchema.parse({
        ...s,
        id: uuid(300 + i),
        startsAt: ago(7200),
        endsAt: new Date(now + 6 * 3_600_000).toISOString(),
        rotationId: null,
      }),
    ),
    notifications: [
      notificationSchema.parse({
        id: uuid(400),
        kind: 'work-order-assigned',
        workOrderId: orderId,
        workOrderNumber: 'WO-000123',
        roundId: null,
        title: text('消防告警现场核查', 'Check a fire alarm on site'),
        quiet: false,
        createdAt: ago(92),
        readAt: null,
      }),
    ],
    exports: someExports(now),
    system: aTroubledSystem(now),
  };
}

function aSilence(kind: AlarmSilence['kind'], since: string, until: string | null): AlarmSilence {
  const windowId = kind === 'maintenance' ? uuid(520) : null;
  return { kind, since, until, by: '李值班', reason: '管道维修，粉尘较大', windowId, alarmId: null };
}

const aWindow = (n: number, over: Partial<MaintenanceWindow>): MaintenanceWindow =>
  maintenanceWindowSchema.parse({
    id: uuid(n),
    areaId: 'b2',
    domain: null,
    deviceId: null,
    deviceName: null,
    lifeSafety: false,
    reason: '管道维修，粉尘较大',
    createdBy: '赵经理',
    createdAt: over.startsAt,
    endedAt: null,
    endedBy: null,
    silencedAlarms: 0,
    ...over,
  });

/** A site where nothing is wrong and nothing has happened yet. */
export const anEmptySite = (now: number): Site => ({
  ...aSite(now),
  devices: [],
  alarms: [],
  silenced: [],
  windows: [],
  outOfService: [],
  bridges: [],
  pictures: {},
  incidents: [],
  workOrders: [],
  deadLetters: [],
  audit: [],
  shifts: [],
  notifications: [],
  exports: [],
  system: aCalmSystem(now),
});
