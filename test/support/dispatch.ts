import { randomUUID } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { DispatchModule } from '@sc/apps/dispatch';
import {
  type EventPayloadOf,
  type JobName,
  type Person,
  type PersonWorkOrderAction,
  type Severity,
  subscriptions,
  type WorkOrderActionRequest,
} from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { AlarmWriter } from '@sc/features/alarms';
import { WorkOrdersHttpModule, WorkOrdersService, type ActionResult } from '@sc/features/work-orders';
import { CLOCK, IDS, systemIds } from '@sc/platform/clock';
import { SETTINGS } from '@sc/platform/config';
import { DATABASE, json, type Row, UnitOfWork } from '@sc/platform/database';
import { FILE_STORE, StoredFiles } from '@sc/platform/files';
import { type Job, JobClaims } from '@sc/platform/jobs';
import { createLogger, LOGGER } from '@sc/platform/logging';
import { OnAcknowledgementHeld } from '../../libs/features/alarms/on-acknowledgement-held.js';
import { OnSilenceEnds } from '../../libs/features/alarms/on-silence-ends.js';
import { FetchPicture } from '../../libs/features/cameras/fetch-picture.js';
import { SendMessage } from '../../libs/features/notifications/delivery/send-message.js';
import { OnGroupEvent } from '../../libs/features/notifications/on-group-event.js';
import { OnWorkOrderChanged } from '../../libs/features/notifications/on-work-order-changed.js';
import { SendWebhook } from '../../libs/features/notifications/webhook/send-webhook.js';
import { IncidentsReader } from '../../libs/features/work-orders/http/incidents.reader.js';
import { WorkOrdersReader } from '../../libs/features/work-orders/http/work-orders.reader.js';
import { AttachmentsService } from '../../libs/features/work-orders/attachments.service.js';
import { OnAlarmChanged } from '../../libs/features/work-orders/on-alarm-changed.js';
import { OnAlarmRaised } from '../../libs/features/work-orders/on-alarm-raised.js';
import { OnNotAccepted } from '../../libs/features/work-orders/on-not-accepted.js';
import { OnSideFlowDue } from '../../libs/features/work-orders/on-side-flow-due.js';
import { OrderDeadlines } from '../../libs/features/work-orders/order-deadlines.js';
import { FakeClock } from '../../libs/platform/clock/fake-clock.js';
import { InMemoryFileStore } from '../../libs/platform/files/in-memory-file-store.js';
import { aDevice, seedAreas } from './builders.js';
import { createTestDatabase, type TestDatabase } from './database.js';

type Handler = { handle(job: Job): Promise<void> };
type OrderRow = Row<'workOrders'>;

/** Dispatch on a real database with a clock that moves when told and a queue that runs when asked. */
export interface TestDispatch {
  database: TestDatabase;
  db: TestDatabase['db'];
  clock: FakeClock;
  module: TestingModule;
  orders: WorkOrdersService;
  reader: WorkOrdersReader;
  incidents: IncidentsReader;
  attachments: AttachmentsService;
  files: InMemoryFileStore;
  unitOfWork: UnitOfWork;
  /** An alarm of a new device, raised and told. @returns its id */
  raise(options?: { areaId?: string; deviceId?: string; severity?: Severity; workOrder?: boolean }): Promise<string>;
  /** An event of a device begins its rule's condition, as the detector tells it (`fire-sos`: nothing but a person ends it). */
  event(ruleId: string, deviceId: string): Promise<void>;
  /** The condition of an alarm ends, or (`again`) begins anew. */
  clear(alarmId: string): Promise<void>;
  again(alarmId: string): Promise<void>;
  /** Relays the outbox and runs every due job, `parallel` at once, until there is none. @returns how many ran */
  run(parallel?: number): Promise<number>;
  /** Writes the jobs of new events without running them. */
  relay(): Promise<void>;
  /** Calls the handler of a job row, whatever its state. */
  handle(job: Row<'jobs'>): Promise<void>;
  jobs(name?: JobName): Promise<Row<'jobs'>[]>;
  order(): Promise<OrderRow>;
  act(person: Person, action: PersonWorkOrderAction, more?: Partial<Request>): Promise<ActionResult>;
  personById(id: string): Promise<Person>;
  stop(): Promise<void>;
}
type Request = WorkOrderActionRequest & { orderId: string };

export async function startDispatch(settings: Record<string, unknown> = {}): Promise<TestDispatch> {
  const database = await createTestDatabase();
  const { db } = database;
  await seedAreas(db);
  const clock = new FakeClock();
  const files = new InMemoryFileStore();

  @Global()
  @Module({
    providers: [
      { provide: DATABASE, useValue: db },
      { provide: CLOCK, useValue: clock },
      { provide: IDS, useValue: systemIds },
      { provide: SETTINGS, useValue: settings },
      { provide: FILE_STORE, useValue: files },
      StoredFiles,
      { provide: LOGGER, useValue: createLogger('silent') },
      UnitOfWork,
      JobClaims,
    ],
    exports: [DATABASE, CLOCK, IDS, SETTINGS, FILE_STORE, StoredFiles, LOGGER, UnitOfWork, JobClaims],
  })
  class Stores {}

  const module = await Test.createTestingModule({ imports: [Stores, DispatchModule, WorkOrdersHttpModule] }).compile();
  const unitOfWork = module.get(UnitOfWork, { strict: false });
  const find = <T>(type: new (...args: never[]) => T): T => module.get(type, { strict: false });
  const handlers: Record<JobName, Handler> = {
    'open-incident': find(OnAlarmRaised) as Handler,
    'follow-incident': find(OnAlarmChanged) as Handler,
    'escalate-work-order': find(OnNotAccepted) as Handler,
    'resume-work-order': { handle: (job) => find(OnSideFlowDue).resume(job as Job<'resume-work-order'>) },
    'check-urge': { handle: (job) => find(OnSideFlowDue).checkUrge(job as Job<'check-urge'>) },
    'check-sensor': { handle: (job) => find(OnSideFlowDue).checkSensor(job as Job<'check-sensor'>) },
    'check-deadline': { handle: (job) => find(OrderDeadlines).check(job as Job<'check-deadline'>) },
    'move-deadlines': { handle: (job) => find(OrderDeadlines).move(job as Job<'move-deadlines'>) },
    'notify-people': find(OnWorkOrderChanged) as Handler,
    'send-webhook': find(SendWebhook) as Handler,
    'tell-groups': find(OnGroupEvent) as Handler,
    'send-message': find(SendMessage) as Handler,
    'fetch-picture': find(FetchPicture) as Handler,
    'review-acknowledgement': find(OnAcknowledgementHeld) as Handler,
    'end-shelf': { handle: (job) => find(OnSilenceEnds).endShelf(job as Job<'end-shelf'>) },
    'apply-maintenance': { handle: (job) => find(OnSilenceEnds).applyMaintenance(job as Job<'apply-maintenance'>) },
  };
  const { rules } = domainByName('fire')!;
  const rule = rules[0]!;
  const stored = { version: 1, domain: 'fire', enabled: true, updatedAt: new Date(0) };
  await db
    .insertInto('rules')
    .values(rules.map((one) => ({ ...stored, id: one.id, definition: json(one) })))
    .execute();

  let relayed = 0;
  const relay = async () => {
    const events = await db
      .selectFrom('outbox')
      .selectAll()
      .where('position', '>', relayed)
      .orderBy('position')
      .execute();
    for (const event of events) {
      for (const name of subscriptions[event.type] ?? [])
        await unitOfWork.run(async ({ schedule }) =>
          schedule({ name, subject: event.id, payload: { eventId: event.id } } as Parameters<typeof schedule>[0]),
        );
      relayed = event.position;
    }
  };
  const handle = (row: Row<'jobs'>) =>
    handlers[row.name].handle({ ...row, payload: row.payload as Job['payload'] } as Job);

  const tell = (alarm: Row<'alarms'>, type: 'alarm.raised.v1' | 'alarm.changed.v1') => {
    const facts = {
      alarmId: alarm.id,
      deviceId: alarm.deviceId,
      ruleId: alarm.ruleId,
      domain: alarm.domain,
      severity: alarm.severity,
      areaId: alarm.areaId,
      state: alarm.state,
      at: new Date(clock.now()).toISOString(),
    } as const;
    const common = { areaId: alarm.areaId, subjectId: alarm.id };
    return type === 'alarm.raised.v1'
      ? { type, payload: { ...facts, workOrder: alarm.workOrder } as EventPayloadOf<typeof type>, ...common }
      : { type, payload: { ...facts, action: 'clear' } as EventPayloadOf<typeof type>, ...common };
  };
  const change = (alarmId: string, conditionActive: boolean) =>
    unitOfWork.run(async ({ db: tx, emit }) => {
      const alarm = await tx
        .updateTable('alarms')
        .set({ conditionActive, state: conditionActive ? 'unacknowledged' : 'returned-unacknowledged' })
        .where('id', '=', alarmId)
        .returningAll()
        .executeTakeFirstOrThrow();
      emit(tell(alarm, conditionActive ? 'alarm.raised.v1' : 'alarm.changed.v1'));
    });

  let devices = 0;
  const dispatch: TestDispatch = {
    database,
    db,
    clock,
    module,
    unitOfWork,
    files,
    orders: find(WorkOrdersService),
    reader: find(WorkOrdersReader),
    incidents: find(IncidentsReader),
    attachments: find(AttachmentsService),
    handle,
    raise: async ({ areaId = 'r1', deviceId, severity = 'severe', workOrder = true } = {}) => {
      const id = deviceId ?? (await aDevice(db, { id: `c1/smoke-${(devices += 1)}`, areaId }));
      const now = new Date(clock.now());
      return unitOfWork.run(async ({ db: tx, emit }) => {
        const alarm = await tx
          .insertInto('alarms')
          .values({
            id: randomUUID(),
            deviceId: id,
            ruleId: rule.id,
            ruleVersion: 1,
            domain: 'fire',
            areaId,
            state: 'unacknowledged',
            conditionActive: true,
            severity,
            urgency: 'immediate',
            certainty: 'likely',
            workOrder,
            cause: json({}),
            raisedAt: now,
            lastSeenAt: now,
            lastTransitionAt: now,
            createdAt: now,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        emit(tell(alarm, 'alarm.raised.v1'));
        return alarm.id;
      });
    },
    event: (ruleId, deviceId) =>
      unitOfWork.run((tx) =>
        find(AlarmWriter).apply(tx, [
          { kind: 'raise', deviceId, ruleId, subject: '', ruleVersion: 1, at: clock.now(), cause: { kind: 'event' } },
        ]),
      ),
    relay,
    clear: (alarmId) => change(alarmId, false),
    again: (alarmId) => change(alarmId, true),
    run: async (parallel = 1) => {
      let ran = 0;
      for (;;) {
        await relay();
        const due = await db
          .selectFrom('jobs')
          .selectAll()
          .where('state', '=', 'pending')
          .where('dueAt', '<=', new Date(clock.now()))
          .orderBy('dueAt')
          .orderBy('id')
          .execute();
        if (!due.length) return ran;
        ran += due.length;
        const worker = async () => {
          for (let row = due.shift(); row; row = due.shift()) await handle(row);
        };
        await Promise.all(Array.from({ length: parallel }, worker));
      }
    },
    jobs: async (name) => {
      let query = db.selectFrom('jobs').selectAll().orderBy('id');
      if (name) query = query.where('name', '=', name);
      return query.execute();
    },
    order: () => db.selectFrom('workOrders').selectAll().orderBy('sequence', 'desc').limit(1).executeTakeFirstOrThrow(),
    act: async (person, action, more = {}) =>
      dispatch.orders.act(person, more.orderId ?? (await dispatch.order()).id, action, {
        attachmentIds: [],
        ...more,
        requestId: more.requestId ?? randomUUID(),
      }),
    personById: async (id) =>
      db
        .selectFrom('people')
        .select(['id', 'login', 'name', 'role', 'areaId', 'locale'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    stop: async () => {
      await module.close();
      await database.drop();
    },
  };
  return dispatch;
}
