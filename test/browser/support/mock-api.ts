import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  notificationPreferencesSchema,
  personAddressesSchema,
  acknowledgeAlarmSchema,
  acknowledgeAlarmsSchema,
  alarmGroupsQuerySchema,
  type AuditEntry,
  auditQuerySchema,
  alarmLoadSchema,
  changePasswordSchema,
  createExportSchema,
  createShiftsSchema,
  eventSchemas,
  exportSchema,
  foldedAlarmsSchema,
  problemSchema,
  readingsSchema,
  registerDeviceSchema,
  reportCaseSchema,
  sessionSchema,
  shelveAlarmSchema,
  siteSchema,
  systemSchema,
  type TellResidents,
  tellResidentsSchema,
  updateAreaSchema,
  type WorkOrderActionRequest,
  workOrderActionRequestSchema,
  type EventPayloadOf,
  type EventType,
  type Person,
  type PersonWorkOrderAction,
  type ProblemCode,
  type WorkOrderDetail,
  type WorkOrderState,
} from '@sc/contracts';
import { foldedAlarms, someLoad } from './alarm-load.js';
import { aPhoto } from './attachments.js';
import { someBoard, someCalendar, someFilters, someReport } from './boards.js';
import { aCalendar } from './clocks.js';
import { someDuty } from './duty.js';
import { someEntries } from './catalogue.js';
import { someChains } from './chains.js';
import { someExports } from './exports.js';
import { aPulse, someHandover } from './handovers.js';
import { openCase } from './found-cases.js';
import { someEvaluation, somePlan } from './figures.js';
import { ownFacts, rulesOf, someFleet, someHistory } from './fleet.js';
import { mapDevices, shapeCheck, someBlindSpots } from './map.js';
import { residentAnswer, someAnnouncements, someOrderResidents, somePlaceCodes } from './residents.js';
import { ofState, somePlans, someRounds } from './rounds.js';
import { ruleDetail, ruleVersions, ruleViews } from './rules.js';
import { aSite, uuid, type Site } from './fixtures.js';

const statusOf: Partial<Record<ProblemCode, number>> = {
  'not-authenticated': 401,
  'wrong-credentials': 401,
  forbidden: 403,
  'not-found': 404,
  'action-not-allowed': 409,
  'shift-overlaps': 409,
  unavailable: 503,
};
class Refusal extends Error {
  constructor(readonly code: ProblemCode) {
    super(code);
  }
}
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
/** 1 × 1 pixel, grey. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOsqKj4DwAFNAJRxN0dZQAAAABJRU5ErkJggg==',
  'base64',
);

/** As the gateway does: residents and officers have programs of their own. */
const shellOf = (pathname: string) =>
  pathname.startsWith('/r/') ? 'resident.html' : /^\/field(\/|$)/.test(pathname) ? 'field.html' : 'index.html';

interface Call {
  request: IncomingMessage;
  url: URL;
  person: Person;
  body: () => Promise<unknown>;
  bytes: () => Promise<Buffer>;
}
type Handler = (call: Call, ...parts: string[]) => unknown;

/** Serves the built console and a contract-valid API from memory; the doors a test needs are methods. */
export class MockApi {
  readonly origin: () => string;
  site: Site = aSite(Date.now());
  /** Every answered action and upload, in order. */
  readonly actions: (Pick<WorkOrderActionRequest, 'requestId' | 'note' | 'attachmentIds' | 'position' | 'limit'> & {
    action: string;
  })[] = [];
  uploads: Buffer[] = [];
  acknowledgements: string[] = [];
  /** What residents were told, each request once. */
  readonly told: TellResidents[] = [];
  /** Comments and assignments of alarms, with their bodies. */
  readonly alarmMoves: Record<string, unknown>[] = [];
  /** Logins whose password somebody else gave. */
  readonly initialPasswords = new Set<string>();
  /** Paths that answer with a problem. */
  readonly problems = new Map<string, ProblemCode>();
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly streams = new Set<ServerResponse>();
  private readonly seenRequests = new Set<string>();
  private position = 1;
  /** While true every API call and stream breaks without an answer. */
  private cut = false;

  constructor(private readonly root: string) {
    this.server = createServer((request, response) => void this.handle(request, response));
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.origin = () => `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private readonly board = (person: Person) =>
    someBoard(this.site.workOrders.map((o) => ({ ...o, allowedActions: allowed(o, person) })));
  private readonly rounds = () => someRounds(Date.now(), found(this.site.people.find((p) => p.role === 'officer')));

  start = () => new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  setNetwork(up: boolean): void {
    this.cut = !up;
    if (!up) for (const stream of this.streams) stream.destroy();
  }

  emit<T extends EventType>(type: T, payload: EventPayloadOf<T>): void {
    this.position += 1;
    const data = {
      position: this.position,
      id: uuid(this.position),
      type,
      payload: eventSchemas[type].parse(payload),
      areaId: null,
      subjectId: 'x',
      occurredAt: new Date().toISOString(),
    };
    for (const stream of this.streams)
      stream.write(`id: ${this.position}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  private calendar(areaId = this.site.areas[0]?.id) {
    const area = found(this.site.areas.find(({ id }) => id === areaId));
    return aCalendar({ areaId: area.id, areaName: area.name }, Date.now() - 86_400_000);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin());
    if (!url.pathname.startsWith('/api/')) return this.serveFile(url.pathname, response);
    if (this.cut) return void request.socket.destroy();
    const path = url.pathname.replace('/api/v1', '');
    try {
      const refused = this.problems.get(path);
      if (refused) throw new Refusal(refused);
      if (path === '/stream') return this.openStream(response);
      if (/^\/(attachments|pictures)\//.test(path)) {
        response.writeHead(200, { 'content-type': 'image/png' }).end(pixel);
        return;
      }
      const answer = await this.route(request, url, path, response);
      if (answer === undefined) response.writeHead(204).end();
      else
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
          .end(gzipSync(JSON.stringify(answer)));
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'invalid-request';
      const status = statusOf[code] ?? 422;
      const problem = problemSchema.parse({
        type: 'about:blank',
        title: code,
        status,
        code,
        detail: error instanceof Refusal ? undefined : String(error),
      });
      response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
    }
  }

  private serveFile(pathname: string, response: ServerResponse): void {
    const wanted = join(this.root, normalize(pathname));
    const file = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(this.root, shellOf(pathname));
    const packed = existsSync(`${file}.br`);
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      ...(packed ? { 'content-encoding': 'br' } : {}),
      // As the product serves them: their names change with their content.
      ...(file.includes('/assets/') ? { 'cache-control': 'public, max-age=31536000, immutable' } : {}),
    });
    createReadStream(packed ? `${file}.br` : file).pipe(response);
  }

  private openStream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.write(`retry: 200\nevent: hello\ndata: {"position":${this.position}}\n\n`);
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
  }

  private async route(request: IncomingMessage, url: URL, path: string, response: ServerResponse): Promise<unknown> {
    const bytes = async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    };
    const body = async (): Promise<unknown> => JSON.parse((await bytes()).toString() || '{}');
    if (path === '/site')
      return siteSchema.parse({
        demo: true,
        serverTime: new Date().toISOString(),
        timeZone: 'Asia/Shanghai',
        mqttPort: 1883,
      });
    if (path.startsWith('/residents/')) return found(residentAnswer(path, Date.now()));
    if (path === '/setup') return { open: false };
    const session = (person: Person) =>
      sessionSchema.parse({
        person,
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
        passwordInitial: this.initialPasswords.has(person.login),
      });
    if (path === '/session' && request.method === 'POST') {
      const { login, password } = (await body()) as { login: string; password: string };
      const found = this.site.people.find((p) => p.login === login);
      if (!found || password !== 'demo') throw new Refusal('wrong-credentials');
      response.setHeader('set-cookie', `sc_session=${login}; Path=/; HttpOnly; SameSite=Strict`);
      return session(found);
    }
    const login = /sc_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    const person = this.site.people.find((p) => p.login === login);
    if (!person) throw new Refusal('not-authenticated');
    if (path === '/session/password') {
      const { current } = changePasswordSchema.parse(await body());
      if (current !== 'demo') throw new Refusal('wrong-credentials');
      this.initialPasswords.delete(person.login);
      return undefined;
    }
    if (path === '/session') {
      if (request.method === 'GET') return session(person);
      response.setHeader('set-cookie', 'sc_session=; Path=/; Max-Age=0');
      return undefined;
    }
    for (const [method, pattern, handler] of this.routes) {
      const match = pattern.exec(path);
      if (match && request.method === method) return handler({ request, url, person, body, bytes }, ...match.slice(1));
    }
    throw new Refusal('not-found');
  }

  private readonly routes: [string, RegExp, Handler][] = [
    ['GET', /^\/areas$/, () => page(this.site.areas)],
    ['POST', /^\/areas\/[^/]+\/shape-checks$/, async ({ body }) => shapeCheck(await body())],
    ['GET', /^\/map\/devices$/, ({ url }) => mapDevices(this.site, url.searchParams.get('ids')?.split(','))],
    ['GET', /^\/map\/blind-spots$/, () => someBlindSpots(this.site)],
    [
      'PATCH',
      /^\/areas\/(.+)$/,
      async ({ body }, id) =>
        Object.assign(found(this.site.areas.find((a) => a.id === id)), updateAreaSchema.parse(await body())),
    ],
    ['GET', /^\/domains$/, () => page(this.site.domains)],
    ['GET', /^\/rules$/, () => page(ruleViews(this.site))],
    ['GET', /^\/rules\/([a-z0-9-]+)$/, (_, id) => found(ruleDetail(this.site, id))],
    ['GET', /^\/rules\/([a-z0-9-]+)\/versions$/, (_, id) => page(ruleVersions(this.site, id))],
    [
      'GET',
      /^\/devices$/,
      ({ url }) => page(this.site.devices.filter((d) => d.name.includes(url.searchParams.get('q') ?? ''))),
    ],
    [
      'POST',
      /^\/devices$/,
      async ({ body }) => {
        const d = registerDeviceSchema.parse(await body());
        const device = {
          ...d,
          id: `${d.community}/${d.device}`,
          state: 'registered' as const,
          connection: 'never-seen' as const,
          lastSeenAt: null,
          replacedBy: null,
          activeAlarms: 0,
        };
        const own = ownFacts((seconds) => new Date(Date.now() - seconds * 1000).toISOString(), undefined);
        this.site.devices.push({ ...device, labels: device.labels ?? [], lastReadings: [], ...own });
        return { device, userName: device.id, secret: 'c2VjcmV0LXNob3duLW9uY2UtYW5kLW5ldmVyLWFnYWlu' };
      },
    ],
    ['GET', /^\/devices\/([^/]+\/[^/]+)$/, (_, id) => found(this.site.devices.find((d) => d.id === id))],
    [
      'GET',
      /^\/devices\/([^/]+\/[^/]+)\/rules$/,
      (_, id) =>
        rulesOf(
          this.site.devices.find((d) => d.id === id),
          ruleViews(this.site),
        ),
    ],
    [
      'GET',
      /^\/fleet$/,
      ({ url }) =>
        someFleet(
          url,
          this.site.devices,
          (id) => this.site.areas.find((a) => a.id === id)?.name ?? { 'zh-CN': id, en: id },
        ),
    ],
    ['GET', /^\/readings$/, ({ url }) => readings(url)],
    ['GET', /^\/readings\/history$/, ({ url }) => someHistory(url)],
    ['GET', /^\/incidents$/, () => page([])],
    [
      'GET',
      /^\/alarms$/,
      ({ url }) => {
        const device = url.searchParams.get('deviceId');
        if (url.searchParams.get('state') === 'silenced') return page(this.site.silenced);
        return page(this.site.alarms.filter((a) => (device ? a.deviceId === device : a.state !== 'normal')));
      },
    ],
    [
      'GET',
      /^\/alarms\/groups$/,
      ({ url }) => {
        const { by } = alarmGroupsQuerySchema.parse(Object.fromEntries(url.searchParams));
        return foldedAlarmsSchema.parse(foldedAlarms(this.site.alarms, by));
      },
    ],
    [
      'GET',
      /^\/alarm-load$/,
      ({ url }) =>
        alarmLoadSchema.parse(someLoad(url.searchParams.get('from') ?? '', url.searchParams.get('to') ?? '')),
    ],
    ['GET', /^\/alarms\/([^/]+)$/, (_, id) => this.alarm(id)],
    [
      'POST',
      /^\/alarms\/acknowledge$/,
      async ({ body }) => {
        const { ids } = acknowledgeAlarmsSchema.parse(await body());
        this.acknowledgements.push(...ids);
        for (const id of ids) this.alarm(id).state = 'acknowledged';
        return { items: ids.map((id) => ({ id, result: 'done' })) };
      },
    ],
    [
      'POST',
      /^\/alarms\/([^/]+)\/shelve$/,
      async ({ body, person }, id = '') => {
        const { minutes, reason } = shelveAlarmSchema.parse(await body());
        const alarm = this.alarm(id);
        const [since, until] = [Date.now(), Date.now() + minutes * 60_000].map((at) => new Date(at).toISOString());
        const silence = { kind: 'shelf', since, until, by: person.name, reason, windowId: null, alarmId: null };
        this.site.alarms = this.site.alarms.filter((one) => one !== alarm);
        this.site.silenced.push(Object.assign(alarm, { state: 'shelved', silence, shelvableMinutes: 0 }));
        return alarm;
      },
    ],
    ['GET', /^\/catalogue$/, () => ({ items: someEntries(new Date().toISOString()), nextCursor: null })],
    ['GET', /^\/catalogue\/gaps$/, () => ({ items: [], nextCursor: null })],
    [
      'GET',
      /^\/catalogue\/entries\/([^/]+)$/,
      (_, code) => {
        const entry = someEntries(new Date().toISOString()).find((one) => one.code === code);
        if (!entry) throw new Refusal('not-found');
        return entry;
      },
    ],
    ['GET', /^\/calendars$/, () => ({ items: [this.calendar()] })],
    ['GET', /^\/calendars\/([^/]+)$/, (_, id) => this.calendar(id)],
    [
      'GET',
      /^\/evaluation$/,
      ({ url, person }) => ({
        ...someEvaluation(url, this.site.workOrders.length === 0),
        own: person.role === 'officer',
      }),
    ],
    [
      'GET',
      /^\/staffing-plans$/,
      () => page(this.site.workOrders.length ? [{ ...somePlan(Date.now()), result: null }] : []),
    ],
    ['GET', /^\/staffing-plans\/([^/]+)$/, () => somePlan(Date.now())],
    ['GET', /^\/escalation-chains$/, () => ({ items: someChains(new Date().toISOString()) })],
    ['GET', /^\/maintenance-windows$/, () => ({ items: this.site.windows })],
    ['GET', /^\/out-of-service$/, () => ({ items: this.site.outOfService })],
    [
      'POST',
      /^\/alarms\/([^/]+)\/(comment|assign)$/,
      async ({ body }, id = '', move = '') => {
        this.alarmMoves.push({ move, id, ...((await body()) as object) });
        return this.alarm(id);
      },
    ],
    [
      'POST',
      /^\/alarms\/([^/]+)\/acknowledge$/,
      async ({ body, person }, id = '') => {
        acknowledgeAlarmSchema.parse(await body());
        const alarm = found(this.site.alarms.find((a) => a.id === id));
        this.acknowledgements.push(id);
        return Object.assign(alarm, {
          state: 'acknowledged',
          acknowledgedAt: new Date().toISOString(),
          acknowledgedBy: person.name,
        });
      },
    ],
    ['GET', /^\/(?:alarms|devices)\/(.+)\/pictures$/, (_, id = '') => page(this.site.pictures[id] ?? [])],
    ['GET', /^\/bridges$/, () => page(this.site.bridges)],
    ['POST', /^\/round-plans\/recurrence-checks$/, () => ({ issues: [], next: somePlans(Date.now())[0]!.next })],
    ['GET', /^\/round-plans$/, () => page(somePlans(Date.now()))],
    ['GET', /^\/round-plans\/([^/]+)$/, (_, id) => found(somePlans(Date.now()).find((plan) => plan.id === id))],
    ['GET', /^\/rounds$/, ({ url }) => page(ofState(this.rounds(), url.searchParams.get('state')))],
    ['GET', /^\/rounds\/calendar$/, () => someCalendar(this.site.workOrders.length ? this.rounds() : [], Date.now())],
    ['GET', /^\/reports$/, ({ url }) => someReport(url, this.site.workOrders.length === 0)],
    ['GET', /^\/resident-places$/, () => page(this.site.areas.length ? somePlaceCodes(Date.now()) : [])],
    ['GET', /^\/announcements$/, () => page(this.site.workOrders.length ? someAnnouncements(Date.now()) : [])],
    ['GET', /^\/work-orders\/[^/]+\/residents$/, () => someOrderResidents(Date.now())],
    [
      'POST',
      /^\/work-orders\/[^/]+\/residents\/messages$/,
      async ({ body }) => {
        const words = tellResidentsSchema.parse(await body());
        if (!this.told.some(({ requestId }) => requestId === words.requestId)) this.told.push(words);
        return someOrderResidents(Date.now());
      },
    ],
    ['PUT', /^\/work-orders\/[^/]+\/residents\/seen$/, () => someOrderResidents(Date.now(), false)],
    [
      'GET',
      /^\/handovers$/,
      () => page(this.site.workOrders.length ? [someHandover(Date.now(), this.site.people)] : []),
    ],
    ['GET', /^\/handovers\/now$/, () => ({ shift: null, own: null, waiting: [] })],
    ['GET', /^\/handovers\/[^/]+$/, () => someHandover(Date.now(), this.site.people)],
    ['GET', /^\/system\/pulse$/, () => aPulse(Date.now())],
    ['GET', /^\/saved-filters$/, () => page(someFilters(Date.now()))],
    ['GET', /^\/work-orders\/board$/, ({ person }) => this.board(person)],
    ['GET', /^\/rounds\/([^/]+)$/, (_, id) => found(this.rounds().find((round) => round.id === id))],
    ['GET', /^\/channels$/, () => page(this.site.telling.channels)],
    ['POST', /^\/channels\/[^/]+\/test$/, () => ({ outcome: 'refused', reason: 'smtp-535', tookMs: 212 })],
    ['GET', /^\/deliveries$/, () => page(this.site.telling.deliveries)],
    ['GET', /^\/notifications\/preferences$/, () => this.site.telling.own],
    [
      'PUT',
      /^\/notifications\/preferences$/,
      async ({ body }) => {
        const preferences = notificationPreferencesSchema.parse(await body());
        return Object.assign(this.site.telling.own, { preferences, isDefault: false });
      },
    ],
    ['GET', /^\/notifications\/addresses$/, () => this.site.telling.addresses],
    [
      'PUT',
      /^\/notifications\/addresses$/,
      async ({ body }) => Object.assign(this.site.telling.addresses, personAddressesSchema.parse(await body())),
    ],
    ['GET', /^\/incidents\/(.+)$/, (_, id) => found(this.site.incidents.find((i) => i.id === id))],
    [
      'GET',
      /^\/work-orders$/,
      ({ url, person }) => {
        const mine = url.searchParams.get('assignee') === 'mine';
        const all = url.searchParams.get('state') === 'all';
        return page(
          this.site.workOrders
            .filter((o) => (!mine || o.assigneeId === person.id) && (all || o.state !== 'closed'))
            .map((o) => ({ ...o, allowedActions: allowed(o, person) })),
        );
      },
    ],
    ['GET', /^\/work-orders\/([^/]+)$/, ({ person }, id) => this.order(id, person)],
    [
      'POST',
      /^\/work-orders$/,
      async ({ body, person }) => openCase(this.site, reportCaseSchema.parse(await body()), person),
    ],
    [
      'POST',
      /^\/work-orders\/([^/]+)\/attachments$/,
      async ({ bytes, person }, id) => {
        this.uploads.push(await bytes());
        const attachment = aPhoto({ id: uuid(800 + this.uploads.length), uploadedBy: person.name });
        found(this.site.workOrders.find((o) => o.id === id)).attachments.push(attachment);
        return attachment;
      },
    ],
    [
      'POST',
      /^\/work-orders\/([^/]+)\/([a-z-]+)$/,
      async ({ body, person }, id, action = '') => {
        const { requestId, note, attachmentIds, position, limit } = workOrderActionRequestSchema.parse(await body());
        const order = found(this.site.workOrders.find((o) => o.id === id));
        if (!this.seenRequests.has(requestId)) {
          if (!allowed(order, person).some((a) => a === action)) throw new Refusal('action-not-allowed');
          this.seenRequests.add(requestId);
          this.actions.push({ action, requestId, note, attachmentIds, position, limit });
          order.state = after[action as PersonWorkOrderAction] ?? order.state;
          order.timeline.push({
            at: new Date().toISOString(),
            kind: 'work-order',
            subjectId: order.id,
            action,
            fromState: null,
            toState: order.state,
            actorKind: 'person',
            actorName: person.name,
            note: note ?? null,
            data: { attachmentIds },
          });
        }
        return this.order(id, person);
      },
    ],
    ['GET', /^\/notifications$/, ({ person }) => page(person.role === 'officer' ? this.site.notifications : [])],
    [
      'POST',
      /^\/notifications\/([^/]+)\/read$/,
      (_, id) =>
        void Object.assign(found(this.site.notifications.find((n) => n.id === id)), {
          readAt: new Date().toISOString(),
        }),
    ],
    [
      'GET',
      /^\/people$/,
      () => page(this.site.people.map((p) => ({ ...p, skills: [], active: p.login !== 'manager' }))),
    ],
    [
      'GET',
      /^\/shifts$/,
      ({ url }) => {
        const { from, to } = Object.fromEntries(url.searchParams);
        return page(this.site.shifts.filter((s) => (!from || s.endsAt > from) && (!to || s.startsAt < to)));
      },
    ],
    [
      'POST',
      /^\/shifts$/,
      async ({ body }) => {
        const { personId, areaId, times } = createShiftsSchema.parse(await body());
        const { name } = found(this.site.people.find((p) => p.id === personId));
        const made = times.map((time, i) => ({
          ...time,
          id: uuid(400 + this.site.shifts.length + i),
          personId,
          personName: name,
          areaId,
          rotationId: null,
        }));
        const clash = this.site.shifts.some(
          (s) => s.personId === personId && made.some((m) => m.startsAt < s.endsAt && m.endsAt > s.startsAt),
        );
        if (clash) throw new Refusal('shift-overlaps');
        this.site.shifts.push(...made);
        return page(made);
      },
    ],
    [
      'GET',
      /^\/(skills|teams|leave|overrides|rotations)$/,
      (_, of = '') => page<unknown>(someDuty(this.site)[of as keyof ReturnType<typeof someDuty>]),
    ],
    [
      'GET',
      /^\/directory\/warnings$/,
      () => ({ items: [], checkedAt: new Date().toISOString(), checkedUntil: new Date().toISOString() }),
    ],
    ['DELETE', /^\/shifts\/([^/]+)$/, (_, id) => void (this.site.shifts = this.site.shifts.filter((s) => s.id !== id))],
    [
      'GET',
      /^\/dead-letters$/,
      ({ url }) => {
        const device = url.searchParams.get('deviceId');
        return page(this.site.deadLetters.filter((d) => !device || d.deviceId === device));
      },
    ],
    [
      'POST',
      /^\/dead-letters\/([^/]+)\/replay$/,
      (_, id) =>
        void Object.assign(found(this.site.deadLetters.find((d) => d.id === id)), {
          replayedAt: new Date().toISOString(),
        }),
    ],
    [
      'GET',
      /^\/audit$/,
      ({ person, url }) => {
        if (person.role !== 'admin') throw new Refusal('forbidden');
        const { subjectType, actorId } = auditQuerySchema.parse(Object.fromEntries(url.searchParams));
        const wanted = (one: AuditEntry) =>
          (!subjectType || one.subjectType === subjectType) && (!actorId || one.actorId === actorId);
        return page(this.site.audit.filter(wanted));
      },
    ],
    ['GET', /^\/exports$/, () => page(this.site.exports)],
    [
      'POST',
      /^\/exports$/,
      async ({ body }) => {
        const { format, from, to, metrics, deviceIds = [] } = createExportSchema.parse(await body());
        const asked = exportSchema.parse({
          ...someExports(Date.now())[0],
          id: uuid(9500 + this.site.exports.length),
          state: 'running',
          progress: 0.25,
          error: null,
          format,
          from,
          to,
          metrics: metrics ?? null,
          deviceIds,
          devices: deviceIds.length,
          fileName: `readings.${format}`,
          expiresAt: null,
          finishedAt: null,
        });
        this.site.exports.unshift(asked);
        return asked;
      },
    ],
    [
      'DELETE',
      /^\/exports\/([^/]+)$/,
      (_, id) => void (this.site.exports = this.site.exports.filter((one) => one.id !== id)),
    ],
    ['GET', /^\/system$/, () => systemSchema.parse(this.site.system)],
    [
      'GET',
      /^\/audit\/verification$/,
      () => ({ entries: this.site.audit.length, intact: true, firstBrokenSequence: null }),
    ],
  ];

  private alarm(id: string | undefined) {
    return found([...this.site.alarms, ...this.site.silenced].find((one) => one.id === id));
  }

  private order(id: string | undefined, person: Person): WorkOrderDetail {
    const order = found(this.site.workOrders.find((o) => o.id === id));
    return { ...order, allowedActions: allowed(order, person) };
  }
}

const page = <T>(items: T[]) => ({ items, nextCursor: null });
function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Refusal('not-found');
  return value;
}

const after: Partial<Record<PersonWorkOrderAction, WorkOrderState>> = {
  accept: 'accepted',
  start: 'in-hand',
  report: 'reported',
  verify: 'verified',
  rework: 'in-hand',
  close: 'closed',
  void: 'voided',
};
function allowed(order: WorkOrderDetail, person: Person): PersonWorkOrderAction[] {
  if (order.assigneeId === person.id) {
    if (order.state === 'dispatched') return ['accept'];
    if (order.state === 'accepted') return ['start'];
    return order.state === 'in-hand' ? ['report', 'note', 'request-extension', 'return'] : [];
  }
  if (person.role === 'officer') return [];
  if (order.state === 'reported') return ['verify', 'rework', 'urge', 'merge', 'note'];
  if (order.state === 'verified') return ['close'];
  return order.state === 'closed' || order.state === 'voided' ? [] : ['void'];
}

/** A quiet curve that rises at its end. */
function readings(url: URL) {
  const from = Date.parse(url.searchParams.get('from') ?? '');
  const to = Date.parse(url.searchParams.get('to') ?? '');
  const metric = url.searchParams.get('metric');
  const ids = (url.searchParams.get('deviceId') ?? '').split(',');
  const base = metric === 'temperature' ? 21 : metric === 'battery' ? 87 : 0.1;
  const items = ids.flatMap((deviceId) =>
    Array.from({ length: 240 }, (_, i) => ({
      deviceId,
      ts: new Date(from + ((to - from) * i) / 240).toISOString(),
      value:
        metric === 'tamper'
          ? i > 200
          : Math.round((base + Math.sin(i / 9) * base * 0.02 + Math.max(0, i - 225) ** 2 * 0.027) * 100) / 100,
    })),
  );
  return readingsSchema.parse({ items, truncated: false });
}
