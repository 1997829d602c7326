import { systemClock } from '@sc/platform/clock';
import { createLogger } from '@sc/platform/logging';
import { EmbeddedBroker, ExternalBroker } from '@sc/platform/mqtt';
import { mqttSourceConformance } from '../../libs/platform/mqtt/source.conformance.js';
import { describeWith, provide } from '../support/services/index.js';
import { waitUntil } from '../support/wait.js';

const logger = createLogger('silent');
const limits = { maxPayloadBytes: 1000, keptPayloadBytes: 10, stopTimeoutMs: 30_000 };
const domains = [
  { name: 'fire', lifeSafety: true },
  { name: 'parking', lifeSafety: false },
];
const mosquitto = await provide('mosquitto', { control: true });

mqttSourceConformance('the embedded broker', async (handle) => {
  const source = new EmbeddedBroker(
    {
      port: 0,
      host: '127.0.0.1',
      clock: systemClock,
      logger,
      limits,
      isLifeSafety: (topic) => topic.startsWith('sc/fire/'),
      authenticate: async ({ userName }) => ({
        ok: true,
        deviceId: userName,
        domain: userName.includes('smoke') ? 'fire' : 'parking',
      }),
    },
    handle,
  );
  await source.listen();
  return { source, url: `mqtt://127.0.0.1:${source.port}`, dispose: () => Promise.resolve() };
});

describeWith(mosquitto, 'with a real Mosquitto', (service) => {
  let site = 0;
  afterAll(() => service.stop());

  mqttSourceConformance('a broker elsewhere', async (handle) => {
    // an account of its own for each test, and with it a session of its own
    const url = service.url.replace('//', `//site-${(site += 1)}:word@`);
    const source = new ExternalBroker({ url, domains, clock: systemClock, logger, limits }, handle);
    await source.listen();
    await waitUntil(() => source.status().disconnectedSince === undefined);
    return { source, url: service.url, dispose: () => Promise.resolve() };
  });
});
