import type { Domain } from '@sc/contracts';

export const metrics: Domain['metrics'] = {
  /** One name for two devices: a lot counts its cars, a bay says whether one stands in it. */
  occupied: {
    type: 'number',
    alsoType: 'boolean',
    unit: '',
    min: 0,
    atMost: 'capacity',
    title: { 'zh-CN': '占用', en: 'Occupied' },
    retention: 'state',
  },
  capacity: {
    type: 'number',
    unit: '',
    min: 0,
    // The largest car parks of the world hold about 20,000.
    max: 100_000,
    title: { 'zh-CN': '车位总数', en: 'Capacity' },
    retention: 'state',
  },
};
