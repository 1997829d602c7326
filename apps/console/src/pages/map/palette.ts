import type { Severity } from '@sc/contracts';

/** As in base.css: what is drawn on a canvas cannot ask for its variables. */
const severityLight: Record<Severity, [fill: string, sign: string]> = {
  extreme: ['#b3122a', '#ffffff'],
  severe: ['#c2410c', '#ffffff'],
  moderate: ['#f2c230', '#2b2200'],
  minor: ['#2f6fc4', '#ffffff'],
  unknown: ['#66717f', '#ffffff'],
};

/** Calm ground, so that the alarms are what one sees. */
export const palettes = {
  light: {
    ground: '#e9edf2',
    community: '#f6f8fa',
    grid: '#dbe7f5',
    gridLine: '#4d79b0',
    building: '#c9d1da',
    buildingLine: '#8a97a6',
    online: '#1a7f4b',
    offline: '#c2410c',
    neverSeen: '#66717f',
    halo: '#ffffff',
    text: '#17212e',
    cluster: '#ffffff',
    clusterLine: '#4a5a6c',
    blind: '#7a1fa2',
    chosen: '#1d5fbf',
    normal: '#1a7f4b',
    warning: '#8a5a00',
    overdue: '#b3122a',
    severity: severityLight,
  },
  dark: {
    ground: '#0b1016',
    community: '#121a23',
    grid: '#182840',
    gridLine: '#5f8fd0',
    building: '#2a3644',
    buildingLine: '#546476',
    online: '#4cc38a',
    offline: '#e8722e',
    neverSeen: '#8796a6',
    halo: '#0b1016',
    text: '#dbe3ec',
    cluster: '#161e28',
    clusterLine: '#a9b7c6',
    blind: '#d79bff',
    chosen: '#7db3ff',
    normal: '#4cc38a',
    warning: '#e0b22a',
    overdue: '#ff6b7d',
    severity: {
      ...severityLight,
      extreme: ['#d62a42', '#ffffff'],
      severe: ['#bd4a0f', '#ffffff'],
    } as typeof severityLight,
  },
} as const;
export type Palette = (typeof palettes)['light' | 'dark'];
