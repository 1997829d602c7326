import { Gauge } from 'prom-client';

export const liveMetrics = {
  streams: new Gauge({ name: 'sc_live_streams', help: 'Open live streams of consoles and other programs' }),
};
