import { Counter } from 'prom-client';

export const cameraMetrics = {
  pictures: new Counter({
    name: 'sc_pictures_total',
    help: 'Pictures of cameras by what became of them',
    labelNames: ['result'] as const,
  }),
  reconciled: new Counter({
    name: 'sc_bridge_reviews_total',
    help: 'Reviews that were asked of bridges after a gap, by what became of them',
    labelNames: ['result'] as const,
  }),
};
