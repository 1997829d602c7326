import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { serverNow, useSiteTime } from '../../../lib/site-time.js';
import { fitted, isRolling, presetSpan, type Span } from './span.js';
import { type View, viewOf, withView } from './view.js';

/** While somebody turns the wheel, nothing is asked for; then once. */
const settleMs = 250;
/** How often a chart that ends now moves on. */
const moveOnMs = 15_000;

export interface ViewState {
  view: View;
  /** What the axis shows at this moment, and what the points are asked for: the second follows when the hand rests. */
  span: Span;
  settled: Span;
  now: number;
  show: (span: Span) => void;
  change: (change: Partial<View>) => void;
  refresh: () => void;
}

/** The view lives in the address, so that a link shows the same; what a hand is just doing does not yet. */
export function useView(): ViewState {
  const [params, setParams] = useSearchParams();
  const { timeZone } = useSiteTime();
  const [now, setNow] = useState(serverNow);
  const [moving, setMoving] = useState<Span>();
  const view = useMemo(() => viewOf(params, serverNow()), [params]);
  const settled = useMemo(
    () => view.span ?? fitted(presetSpan(view.preset, now, timeZone), now),
    [view.span, view.preset, now, timeZone],
  );

  useEffect(() => {
    if (!moving) return;
    const timer = setTimeout(() => {
      setParams((old) => withView(old, { ...viewOf(old, serverNow()), span: moving }), { replace: true });
      setMoving(undefined);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [moving, setParams]);

  const follows = !view.span && isRolling(view.preset);
  useEffect(() => {
    if (!follows) return;
    const timer = setInterval(() => {
      if (!document.hidden) setNow(serverNow());
    }, moveOnMs);
    return () => clearInterval(timer);
  }, [follows]);

  return {
    view,
    span: moving ?? settled,
    settled,
    now,
    show: (span) => setMoving(fitted(span, serverNow())),
    change: (change) => {
      setMoving(undefined);
      setNow(serverNow());
      setParams((old) => withView(old, { ...viewOf(old, serverNow()), ...change }), { replace: true });
    },
    refresh: () => setNow(serverNow()),
  };
}
