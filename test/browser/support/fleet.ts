import {
  type Device,
  type DeviceDetail,
  type Fleet,
  type FleetDevice,
  type FleetProblem,
  fleetProblems,
  fleetQuerySchema,
  fleetSchema,
  historyQuerySchema,
  historySchema,
  type History,
  type RuleView,
  signalPercent,
} from '@sc/contracts';

const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });
type Ago = (seconds: number) => string;

/** What a device says of itself; of a battery of undefined, nothing. */
export const ownFacts = (
  ago: Ago,
  battery: number | undefined,
): Pick<DeviceDetail, 'vitals' | 'bridge' | 'createdAt'> => ({
  vitals: {
    battery: battery === undefined ? null : { percent: battery, at: ago(600) },
    signal:
      battery === undefined
        ? null
        : { metric: 'rssi', value: -60 - battery / 3, percent: signalPercent('rssi', -60 - battery / 3), at: ago(30) },
    clockBehindSeconds: battery === 11 ? 7_260 : null,
  },
  bridge: null,
  createdAt: ago(40 * 86_400),
});

/** Each device with one trouble after the other, the worst first. */
export function someFleet(
  url: URL,
  devices: readonly DeviceDetail[],
  areaName: (id: string) => Fleet['items'][0]['areaName'],
): Fleet {
  const query = fleetQuerySchema.parse(Object.fromEntries(url.searchParams));
  const items = devices.map((device, i): FleetDevice => {
    const problems: FleetProblem[] =
      device.connection === 'never-seen'
        ? ['never-seen']
        : i % 5 === 4
          ? [fleetProblems[i % fleetProblems.length]!, 'flapping', 'dead-letters'].filter(
              (p, k, all): p is FleetProblem => all.indexOf(p) === k,
            )
          : device.connection === 'offline'
            ? ['silent', 'low-battery', 'weak-signal', 'clock-wrong', 'out-of-service']
            : [];
    return {
      ...device,
      ...device.vitals,
      areaName: areaName(device.areaId),
      losses: problems.includes('flapping') ? 23 : 0,
      lastLossAt: problems.includes('flapping') ? device.lastSeenAt : null,
      deadLetters: problems.includes('dead-letters') ? 412 : 0,
      outOfServiceSince: problems.includes('out-of-service') ? device.createdAt : null,
      problems,
    };
  });
  const listed = items.filter(({ problems }) =>
    query.problem === undefined
      ? true
      : query.problem === 'any'
        ? problems.length > 0
        : query.problem === 'none'
          ? problems.length === 0
          : problems.includes(query.problem),
  );
  const counts = (of: FleetDevice[]) => ({
    devices: of.length,
    well: of.filter(({ problems }) => problems.length === 0).length,
    problems: Object.fromEntries(
      fleetProblems.map((problem) => [problem, of.filter(({ problems }) => problems.includes(problem)).length]),
    ) as Fleet['counts']['problems'],
  });
  return fleetSchema.parse({
    asOf: new Date().toISOString(),
    counts: counts(items),
    grids:
      items.length === 0
        ? []
        : [
            {
              gridId: 'g1',
              gridName: text('阳光社区东区第一责任网格', 'First duty grid of the eastern part'),
              ...counts(items.slice(0, 9)),
            },
            { gridId: null, gridName: null, ...counts(items.slice(9)) },
          ],
    domains: [...new Set(items.map(({ domain }) => domain))].map((domain) => ({
      domain,
      ...counts(items.filter((one) => one.domain === domain)),
    })),
    items: listed.toSorted((a, b) => b.problems.length - a.problems.length),
    nextCursor: null,
  });
}

/** A day with a peak, a gap and a quiet rest; by windows where they are asked for. */
export function someHistory(url: URL): History {
  const { from, to, windowMs } = historyQuerySchema.parse(Object.fromEntries(url.searchParams));
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const step = windowMs ?? Math.max(30_000, Math.round((end - start) / 300));
  const windows: History['windows'] = [];
  for (let at = start; at < end; at += step) {
    const place = (at - start) / (end - start);
    if (place > 0.4 && place < 0.5) continue;
    const mean = Number((0.05 + (place > 0.8 ? 5.5 * (place - 0.8) : 0) + 0.03 * Math.sin(place * 40)).toFixed(3));
    windows.push([at, mean, Number((mean * 0.8).toFixed(3)), Number((mean * 1.3).toFixed(3))]);
  }
  return historySchema.parse(
    windowMs === undefined
      ? { windows: [], readings: windows.map(([at, mean]) => [at, mean]), truncated: false }
      : { windows, readings: [], truncated: false },
  );
}

/** The rules of the device's domain, as they all apply here. */
export const rulesOf = (device: Device | undefined, rules: readonly RuleView[]) => ({
  items: rules.filter(({ domain }) => domain === device?.domain),
});
