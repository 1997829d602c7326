import { randomUUID } from 'node:crypto';
import { type Role, roles } from '@sc/contracts';
import { startGateway, type TestGateway } from '../support/gateway.js';

const everyone = roles;
type Who = readonly Role[] | 'public';

/** Who may call what. A route that is missing here fails the test: think before opening a door. */
const matrix: Record<string, Who> = {
  'POST session': 'public',
  'GET session': everyone,
  'PUT session/password': everyone,
  'GET site': 'public',
  'GET site/root.crt': 'public',
  'GET setup': 'public',
  'POST setup': 'public',
  'GET areas': everyone,
  'POST areas': ['admin', 'manager'],
  'PATCH areas/{id}': ['admin', 'manager'],
  'POST areas/{id}/shape-checks': ['admin', 'manager'],
  'GET map/devices': ['admin', 'operator', 'manager'],
  'GET map/blind-spots': ['admin', 'operator', 'manager'],
  'GET catalogue': everyone,
  'GET catalogue/gaps': ['admin', 'operator', 'manager'],
  'GET catalogue/csv': ['admin', 'operator', 'manager'],
  // Whose proposal it is and what its area contains decides: the catalogue's own test covers it.
  'POST catalogue/entries': ['admin', 'operator', 'manager'],
  'POST catalogue/decide': ['admin', 'manager'],
  'GET catalogue/entries/{code}': everyone,
  'PUT catalogue/entries/{code}': ['admin', 'operator', 'manager'],
  'DELETE catalogue/entries/{code}': ['admin', 'operator', 'manager'],
  'POST catalogue/entries/{code}/retire': ['admin', 'manager'],
  'POST catalogue/entries/{code}/default': ['admin', 'manager'],
  'POST imports/catalogue': ['admin', 'manager'],
  'GET domains': everyone,
  'GET rules': everyone,
  // Who of them may change which rule depends on the rule: the rules' own test covers it.
  'POST rules': ['admin', 'manager'],
  'GET rules/{id}': everyone,
  'PUT rules/{id}': ['admin', 'manager'],
  'DELETE rules/{id}': ['admin', 'manager'],
  'POST rules/{id}/switch': ['admin', 'manager'],
  'GET rules/{id}/versions': everyone,
  'POST rules/{id}/restore': ['admin', 'manager'],
  'GET devices': everyone,
  'POST devices': ['admin'],
  'GET devices/{community}/{device}': everyone,
  'PATCH devices/{community}/{device}': ['admin'],
  'POST devices/{community}/{device}/replace': ['admin'],
  'POST devices/{community}/{device}/secret': ['admin'],
  'POST devices/{community}/{device}/retire': ['admin'],
  'GET devices/{community}/{device}/pictures': everyone,
  'GET devices/{community}/{device}/rules': everyone,
  'GET fleet': ['admin', 'operator', 'manager'],
  'GET fleet/csv': ['admin', 'operator', 'manager'],
  'GET bridges': ['admin', 'operator', 'manager'],
  'POST bridges': ['admin'],
  'PATCH bridges/{community}/{bridge}': ['admin'],
  'POST bridges/{community}/{bridge}/cameras': ['admin'],
  'POST bridges/{community}/{bridge}/secret': ['admin'],
  'POST bridges/{community}/{bridge}/retire': ['admin'],
  'GET readings': everyone,
  'GET readings/history': everyone,
  'GET alarms': everyone,
  'GET alarms/groups': everyone,
  'GET alarm-load': ['admin', 'operator', 'manager'],
  'GET alarm-load/csv': ['admin', 'operator', 'manager'],
  'GET alarms/{id}': everyone,
  // Whose place a picture is of decides who sees it: the cameras' own tests cover it.
  'GET alarms/{id}/pictures': everyone,
  'GET pictures/{id}': everyone,
  'POST alarms/acknowledge': ['admin', 'operator', 'manager'],
  'POST alarms/{id}/acknowledge': ['admin', 'operator', 'manager'],
  'POST alarms/{id}/comment': ['admin', 'operator', 'manager'],
  'POST alarms/{id}/assign': ['admin', 'operator', 'manager'],
  'POST alarms/{id}/shelve': ['admin', 'operator', 'manager'],
  'POST alarms/{id}/unshelve': ['admin', 'operator', 'manager'],
  'POST alarms/{id}/judge': ['admin', 'operator', 'manager'],
  'GET calendars': everyone,
  'GET calendars/{areaId}': everyone,
  'PUT calendars/{areaId}': ['admin', 'manager'],
  'DELETE calendars/{areaId}': ['admin', 'manager'],
  'POST calendars/{areaId}/days': ['admin', 'manager'],
  'GET maintenance-windows': everyone,
  // How long, and whether for life safety too, depends on the role: the alarms' own tests cover it.
  'POST maintenance-windows': ['admin', 'operator', 'manager'],
  'POST maintenance-windows/{id}/end': ['admin', 'operator', 'manager'],
  'GET out-of-service': everyone,
  'POST out-of-service': ['admin', 'manager'],
  'POST out-of-service/{id}/return': ['admin', 'manager'],
  'GET incidents': everyone,
  'GET incidents/{id}': everyone,
  'POST incidents/{id}/split': ['admin', 'operator', 'manager'],
  'POST incidents/{id}/merge': ['admin', 'operator', 'manager'],
  // Residents have no account: the code of a place or the token of a case is what they know, limits stand behind it.
  'GET residents/places/{code}': 'public',
  'POST residents/places/{code}/reports': 'public',
  'POST residents/places/{code}/follows': 'public',
  'GET residents/case': 'public',
  'POST residents/case/replies': 'public',
  'POST residents/case/verdicts': 'public',
  'PUT residents/case/rating': 'public',
  'DELETE residents/case/phone': 'public',
  'POST residents/case/attachments': 'public',
  'GET residents/case/photos/{id}': 'public',
  'GET resident-places': ['admin', 'operator', 'manager'],
  'PUT resident-places/{areaId}': ['admin', 'operator', 'manager'],
  'GET announcements': ['admin', 'operator', 'manager'],
  'POST announcements': ['admin', 'operator', 'manager'],
  'PUT announcements/{id}': ['admin', 'operator', 'manager'],
  'DELETE announcements/{id}': ['admin', 'operator', 'manager'],
  // Who sees the order: the residents' own test covers it.
  'GET work-orders/{id}/residents': everyone,
  'POST work-orders/{id}/residents/messages': everyone,
  'POST work-orders/{id}/residents/{linkId}/phone': everyone,
  'PUT work-orders/{id}/residents/seen': everyone,
  'PUT work-orders/{id}/residents/photos/{attachmentId}': ['admin', 'operator', 'manager'],
  'GET work-orders': everyone,
  'GET work-orders/board': everyone,
  'GET work-orders/{id}': everyone,
  // What each role may do with an order depends on the order: the work orders' own tests cover it.
  'POST work-orders': everyone,
  'POST work-orders/{id}/{action}': everyone,
  'POST work-orders/{id}/attachments': everyone,
  'GET attachments/{id}': everyone,
  'GET attachments/{id}/thumbnail': everyone,
  'GET saved-filters': ['admin', 'operator', 'manager'],
  'POST saved-filters': ['admin', 'operator', 'manager'],
  'DELETE saved-filters/{id}': ['admin', 'operator', 'manager'],
  'GET handovers': ['admin', 'operator', 'manager'],
  'POST handovers': ['admin', 'operator', 'manager'],
  'GET handovers/now': ['admin', 'operator', 'manager'],
  'GET handovers/{id}': ['admin', 'operator', 'manager'],
  'GET handovers/{id}/receivers': ['admin', 'operator', 'manager'],
  // Who of them may move it on depends on it: the hand-overs' own test covers it.
  'POST handovers/{id}/{action}': ['admin', 'operator', 'manager'],
  'POST handovers/{id}/notes': ['admin', 'operator', 'manager'],
  'PATCH handovers/{id}/notes/{noteId}': ['admin', 'operator', 'manager'],
  'DELETE handovers/{id}/notes/{noteId}': ['admin', 'operator', 'manager'],
  'GET escalation-chains': ['admin', 'operator', 'manager'],
  'PUT escalation-chains/{areaId}/{severity}': ['admin', 'manager'],
  'DELETE escalation-chains/{areaId}/{severity}': ['admin', 'manager'],
  'GET notifications': everyone,
  'POST notifications/{id}/read': everyone,
  'GET notifications/preferences': everyone,
  'PUT notifications/preferences': everyone,
  'GET notifications/addresses': everyone,
  'PUT notifications/addresses': everyone,
  'GET notifications/push-key': everyone,
  'POST notifications/push-subscriptions': everyone,
  'DELETE notifications/push-subscriptions': everyone,
  'GET people/{id}/addresses': ['admin'],
  'PUT people/{id}/addresses': ['admin'],
  'GET channels': ['admin'],
  'POST channels': ['admin'],
  'PATCH channels/{id}': ['admin'],
  'DELETE channels/{id}': ['admin'],
  'POST channels/{id}/test': ['admin'],
  'GET deliveries': ['admin'],
  'POST deliveries/{id}/replay': ['admin'],
  'GET people': ['admin', 'operator', 'manager'],
  'POST people': ['admin', 'manager'],
  'PATCH people/{id}': ['admin', 'manager'],
  'POST people/{id}/password': ['admin', 'manager'],
  'POST imports/areas': ['admin', 'manager'],
  'POST imports/people': ['admin', 'manager'],
  'POST imports/teams': ['admin', 'manager'],
  'POST imports/shifts': ['admin', 'manager'],
  'POST imports/devices': ['admin'],
  'GET shifts': everyone,
  'POST shifts': ['admin', 'manager'],
  'PATCH shifts/{id}': ['admin', 'manager'],
  'DELETE shifts/{id}': ['admin', 'manager'],
  'GET skills': everyone,
  'POST skills': ['admin', 'manager'],
  'PATCH skills/{slug}': ['admin', 'manager'],
  'DELETE skills/{slug}': ['admin', 'manager'],
  'PUT people/{id}/skills': ['admin', 'manager'],
  'GET teams': everyone,
  'POST teams': ['admin', 'manager'],
  'PATCH teams/{id}': ['admin', 'manager'],
  'GET leave': everyone,
  'POST leave': ['admin', 'manager'],
  'DELETE leave/{id}': ['admin', 'manager'],
  'GET overrides': everyone,
  'POST overrides': ['admin', 'manager'],
  'DELETE overrides/{id}': ['admin', 'manager'],
  'GET rotations': ['admin', 'operator', 'manager'],
  'POST rotations': ['admin', 'manager'],
  'PUT rotations/{id}': ['admin', 'manager'],
  'DELETE rotations/{id}': ['admin', 'manager'],
  'GET areas/at': everyone,
  'GET areas/geojson': ['admin', 'operator', 'manager'],
  'POST imports/geojson': ['admin', 'manager'],
  'GET directory/warnings': ['admin', 'operator', 'manager'],
  'GET dead-letters': ['admin', 'operator'],
  'POST dead-letters/{id}/replay': ['admin'],
  'POST back-tests': ['admin', 'operator', 'manager'],
  'GET back-tests': ['admin', 'operator', 'manager'],
  'GET back-tests/{id}': ['admin', 'operator', 'manager'],
  'DELETE back-tests/{id}': ['admin', 'operator', 'manager'],
  // Whose figures: the evaluation's own tests cover it.
  'GET evaluation': everyone,
  'GET evaluation/csv': everyone,
  'GET reports': ['admin', 'manager'],
  'GET reports/csv': ['admin', 'manager'],
  'POST staffing-plans': ['admin', 'manager'],
  'GET staffing-plans': ['admin', 'manager'],
  'GET staffing-plans/{id}': ['admin', 'manager'],
  'DELETE staffing-plans/{id}': ['admin', 'manager'],
  'GET round-plans': ['admin', 'operator', 'manager'],
  'POST round-plans': ['admin', 'manager'],
  'POST round-plans/recurrence-checks': ['admin', 'manager'],
  'GET round-plans/{id}': ['admin', 'operator', 'manager'],
  'PUT round-plans/{id}': ['admin', 'manager'],
  'DELETE round-plans/{id}': ['admin', 'manager'],
  'POST round-plans/{id}/codes': ['admin', 'manager'],
  'GET rounds': everyone,
  'GET rounds/calendar': ['admin', 'operator', 'manager'],
  'GET rounds/{id}': everyone,
  'POST rounds/scans': ['officer'],
  'POST rounds/{id}/answers': ['officer'],
  'POST rounds/{id}/assign': everyone,
  'POST rounds/{id}/cancel': ['admin', 'operator', 'manager'],
  'POST exports': ['admin', 'operator', 'manager'],
  'GET exports': ['admin', 'operator', 'manager'],
  'GET exports/{id}': ['admin', 'operator', 'manager'],
  'GET exports/{id}/file': ['admin', 'operator', 'manager'],
  'DELETE exports/{id}': ['admin', 'operator', 'manager'],
  'GET system': ['admin'],
  'GET system/pulse': ['admin', 'operator', 'manager'],
  'GET audit': ['admin'],
  'GET audit/verification': ['admin'],
  'GET stream': everyone,
  // last: it ends the session of the test
  'DELETE session': everyone,
};

let gateway: TestGateway;
let documented: string[];
const cookies = new Map<Role, string>();

beforeAll(async () => {
  gateway = await startGateway();
  for (const role of roles) {
    await gateway.person(role, role, 'c1');
    cookies.set(role, await gateway.login(role));
  }
  const { paths } = (await gateway.call('GET', '/api/docs-json')).body as { paths: Record<string, object> };
  documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1/', '')}`),
  );
}, 60_000);
afterAll(() => gateway.stop(), 60_000);

it('has a row for every route and a route for every row', () => {
  expect(documented.toSorted()).toEqual(Object.keys(matrix).toSorted());
});

const concrete = (path: string): string =>
  path
    .replace('{id}', path.startsWith('areas') ? 'no-such-area' : randomUUID())
    .replace('{community}', 'c1')
    .replace('{device}', 'none')
    .replace('{bridge}', 'none')
    .replace('{areaId}', 'no-such-area')
    .replace('{severity}', 'minor')
    .replace('{action}', 'accept');

describe.each(Object.entries(matrix))('%s', (route, who) => {
  const [method, path] = route.split(' ') as [string, string];
  const ask = async (cookie?: string) => {
    if (path === 'stream') {
      const abort = new AbortController();
      const { status } = await fetch(`${gateway.url}/api/v1/stream`, {
        headers: cookie ? { cookie } : {},
        signal: abort.signal,
      });
      abort.abort();
      return status;
    }
    const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
    return (await gateway.call(method, concrete(path), { ...(cookie ? { cookie } : {}), ...body })).status;
  };

  it(who === 'public' ? 'needs no login' : 'needs a login', async () => {
    if (who === 'public') expect([200, 400, 404]).toContain(await ask());
    else {
      expect(await ask()).toBe(401);
      expect(await ask(`sc_session=${'A'.repeat(43)}`)).toBe(401);
      expect(await ask("sc_session=' or 1=1 --")).toBe(401);
    }
  });

  it.each(roles)('for %s', async (role) => {
    const status = await ask(cookies.get(role)!);
    if (who === 'public' || who.includes(role)) expect([200, 201, 204, 400, 404, 409, 415, 422]).toContain(status);
    else expect(status).toBe(403);
  });
});
