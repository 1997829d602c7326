import { connectionsPage } from './pages/connections.mjs';
import { detectionPage } from './pages/detection.mjs';
import { externalPage } from './pages/external.mjs';
import { growthPage } from './pages/growth.mjs';
import { historyPage } from './pages/history.mjs';
import { latencyPage } from './pages/latency.mjs';
import { profilePage } from './pages/profile.mjs';
import { soakPage } from './pages/soak.mjs';
import { stormPage } from './pages/storm.mjs';
import { throughputPage } from './pages/throughput.mjs';
import { measureConnections } from './rows/connections.mjs';
import { measureDetection } from './rows/detection.mjs';
import { measureExternal } from './rows/external.mjs';
import { measureGrowth } from './rows/growth.mjs';
import { measureHistory } from './rows/history.mjs';
import { measureLatency } from './rows/latency.mjs';
import { measureProfile } from './rows/profile.mjs';
import { measureSoak } from './rows/soak.mjs';
import { measureStorm } from './rows/storm.mjs';
import { measureThroughput } from './rows/throughput.mjs';

/** In the order of the page. `page` answers paragraphs and tables of Markdown. */
export const sections = {
  throughput: {
    title: 'Throughput',
    defaults: { rounds: 3, seconds: 60 },
    measure: measureThroughput,
    page: throughputPage,
  },
  external: {
    title: 'Throughput through an external broker',
    defaults: { rounds: 3, seconds: 60 },
    measure: measureExternal,
    page: externalPage,
  },
  latency: {
    title: 'Latency of an alarm',
    defaults: { rounds: 3, probes: 200 },
    measure: measureLatency,
    page: latencyPage,
  },
  storm: {
    title: 'Storm',
    defaults: { rounds: 3, alarms: 5000, buildings: 100 },
    measure: measureStorm,
    page: stormPage,
  },
  connections: {
    title: 'Connections',
    defaults: { rounds: 3, seconds: 60, devices: [1000, 5000, 20_000] },
    measure: measureConnections,
    page: connectionsPage,
  },
  history: {
    title: 'History',
    defaults: { readings: 100_000_000, probes: 50 },
    measure: measureHistory,
    page: historyPage,
  },
  growth: {
    title: 'Growth',
    defaults: { rounds: 3, seconds: 20, devices: [100, 20_000] },
    measure: measureGrowth,
    page: growthPage,
  },
  detection: { title: 'Detection', defaults: {}, measure: measureDetection, page: detectionPage },
  soak: { title: 'Soak', defaults: { minutes: 30 }, measure: measureSoak, page: soakPage },
  profile: {
    title: 'What bounds the throughput',
    defaults: { seconds: 15 },
    measure: measureProfile,
    page: profilePage,
  },
};
