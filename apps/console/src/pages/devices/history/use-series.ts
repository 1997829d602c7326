import type { Metric } from '@sc/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { deviceQuery, historyQuery, useDomains } from '../../../api/queries.js';
import { useSiteTime } from '../../../lib/site-time.js';
import { useText } from '../../../lib/use-words.js';
import { gapOf, type Point, pointsOf } from './points.js';
import { alignedTo, type Resolution, resolutionOf } from './resolution.js';
import { shiftMs, type Span } from './span.js';
import type { SeriesRef } from './view.js';

/** A line of the chart with all that is known of it. */
export interface Series {
  ref: SeriesRef;
  name: string;
  unit: string;
  metric: Metric | undefined;
  isSwitch: boolean;
  points: Point[];
  /** A reading that is a word: it cannot be drawn. */
  words: { at: number; value: string }[];
  resolution: Resolution;
  gap: number;
  query: { data: unknown; error: unknown; isPending: boolean; isFetching: boolean; refetch: () => unknown };
}

/** Asks for a series as closely as the span allows; nothing while there is no reference. */
export function useSeries(ref: SeriesRef | undefined, span: Span, now: number): Series | undefined {
  const { t } = useTranslation('history');
  const text = useText();
  const { timeZone } = useSiteTime();
  const domains = useDomains();
  const device = useQuery({
    ...deviceQuery(ref?.deviceId ?? '/'),
    enabled: ref !== undefined,
    refetchInterval: false,
  }).data;
  const metric = domains.find(({ name }) => name === device?.domain)?.metrics[ref?.metric ?? ''];
  const shift = ref ? shiftMs(span, ref.daysBack, timeZone) : 0;
  const wanted = { from: span.from - shift, to: span.to - shift };
  const closest = resolutionOf(wanted, metric, now);
  const close = useQuery(historyOf(ref, wanted, closest, domains.length > 0));
  // More came than a chart can show: then by windows, whatever was expected.
  const tooMany = close.data?.truncated === true && !close.isPlaceholderData;
  const wider = resolutionOf(wanted, metric, now, true);
  const wide = useQuery(historyOf(ref, wanted, wider, tooMany));
  const [query, resolution] = tooMany ? [wide, wider] : [close, closest];
  const { data } = query;

  return useMemo(() => {
    if (!ref) return undefined;
    const points = data ? pointsOf(data, shift) : [];
    const words = (data?.readings ?? []).flatMap(([at, value]) =>
      typeof value === 'string' ? [{ at: at + shift, value }] : [],
    );
    const title = metric ? text(metric.title) : ref.metric;
    const when = ref.daysBack > 0 ? ` · ${t('daysBack', { count: ref.daysBack })}` : '';
    return {
      ref,
      name: `${device?.name ?? ref.deviceId} · ${title}${when}`,
      unit: metric?.unit ?? '',
      metric,
      isSwitch:
        metric?.type === 'boolean' ||
        Boolean(data && data.readings.length > 0 && data.readings.every(([, value]) => typeof value === 'boolean')),
      points,
      words,
      resolution,
      gap: gapOf(points, resolution.windowMs),
      query,
    };
    // The reference and the resolution are made anew each time; what they say is in the other parts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [
    data,
    shift,
    device?.name,
    metric,
    ref?.deviceId,
    ref?.metric,
    ref?.daysBack,
    resolution.windowMs,
    query.error,
    query.isFetching,
    text,
    t,
  ]);
}

const historyOf = (ref: SeriesRef | undefined, span: Span, { windowMs }: Resolution, enabled: boolean) => {
  const { from, to } = alignedTo(span, windowMs);
  return {
    ...historyQuery({
      deviceId: ref?.deviceId ?? '',
      metric: ref?.metric ?? '',
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      windowMs,
    }),
    enabled: enabled && ref !== undefined,
    // The line stays while a closer one is on its way.
    placeholderData: keepPreviousData,
  };
};
