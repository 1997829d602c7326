import { type ECharts, init } from 'echarts/core';
import { type RefObject, useEffect, useRef } from 'react';
import type { Theme } from '../app/theme.js';

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

/** Colours of lines, the same ones in the same order in every chart; each stands out from its background. */
export const linePalette = (theme: Theme): string[] =>
  theme === 'dark'
    ? ['#6aa8ff', '#4cc38a', '#d9a441', '#c78bff', '#ff8795', '#4fc4d6']
    : ['#1d5fbf', '#1a7f4b', '#a86400', '#7a3fc0', '#b3122a', '#0d7d8c'];
