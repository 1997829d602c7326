import { type ECharts, init } from 'echarts/core';
import { type RefObject, useEffect, useRef } from 'react';

/** A chart as large as its box, made once and taken away with it. Options are set by an effect of whoever draws. */
export function useChart(): { box: RefObject<HTMLDivElement | null>; chart: RefObject<ECharts | undefined> } {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(undefined);

  useEffect(() => {
    if (!box.current) return;
    const instance = init(box.current);
    chart.current = instance;
    const observer = new ResizeObserver(() => instance.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      instance.dispose();
    };
  }, []);
  return { box, chart };
}

export const cssVar = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** What charts have in common: no movement, our letters, a box that follows the theme. */
export const chartLook = () => ({
  animation: false,
  textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
});
export const tooltipLook = () => ({
  backgroundColor: cssVar('--sc-panel'),
  borderColor: cssVar('--sc-line'),
  textStyle: { color: cssVar('--sc-text') },
});
