import { fitted, type Preset, presets, type Span } from './span.js';

/** One line of the chart: a metric of a device, perhaps some days earlier. */
export interface SeriesRef {
  deviceId: string;
  metric: string;
  daysBack: number;
}

/** What the address says about the chart. */
export interface View {
  metric: string | undefined;
  preset: Preset;
  /** Zoomed or chosen by hand; in place of the preset. */
  span: Span | undefined;
  others: SeriesRef[];
  table: boolean;
}

/** Four lines a person can still tell apart. */
export const mostOthers = 3;
const mostDaysBack = 366;
const defaultPreset: Preset = '24h';

/** Reads what somebody wrote by hand, too: what cannot be is left out. */
export function viewOf(params: URLSearchParams, now: number): View {
  const [from, to] = ['from', 'to'].map((name) => Date.parse(params.get(name) ?? ''));
  const isSpan = Number.isFinite(from) && Number.isFinite(to) && from! < to!;
  return {
    metric: params.get('metric') ?? undefined,
    preset: presets.find((preset) => preset === params.get('range')) ?? defaultPreset,
    span: isSpan ? fitted({ from: from!, to: to! }, now) : undefined,
    others: params.getAll('with').flatMap(refOf).slice(0, mostOthers),
    table: params.get('view') === 'table',
  };
}

/** The same as an address says it; what is usual is not said. Other parts of the address stay. */
export function withView(params: URLSearchParams, { metric, preset, span, others, table }: View): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ['metric', 'range', 'from', 'to', 'with', 'view']) next.delete(name);
  if (metric) next.set('metric', metric);
  if (preset !== defaultPreset) next.set('range', preset);
  if (span) {
    next.set('from', new Date(span.from).toISOString());
    next.set('to', new Date(span.to).toISOString());
  }
  for (const ref of others) next.append('with', `${ref.deviceId}~${ref.metric}~${ref.daysBack}`);
  if (table) next.set('view', 'table');
  return next;
}

export const sameSeries = (a: SeriesRef, b: SeriesRef): boolean =>
  a.deviceId === b.deviceId && a.metric === b.metric && a.daysBack === b.daysBack;

function refOf(text: string): SeriesRef[] {
  const match = /^([a-z0-9-]{1,64}\/[a-z0-9-]{1,64})~([A-Za-z][A-Za-z0-9_.-]{0,63})~(\d{1,3})$/.exec(text);
  const daysBack = Number(match?.[3]);
  if (!match || daysBack > mostDaysBack) return [];
  return [{ deviceId: match[1]!, metric: match[2]!, daysBack }];
}
