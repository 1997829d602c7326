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
  },
} as const;
export type Palette = (typeof palettes)['light' | 'dark'];
