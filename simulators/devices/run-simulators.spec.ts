import { createServer, type AddressInfo, type Server } from 'node:net';
import { Aedes, type PublishPacket } from 'aedes';
import { waitUntil } from '../client/index.js';
import { runSimulators } from './run-simulators.js';

describe('simulated devices', () => {
  let broker: Aedes;
  let server: Server;
  let seen: { topic: string; payload: string }[];

  const open = async (port: number): Promise<number> => {
    broker = await Aedes.createBroker();
    broker.on('publish', ({ topic, payload }: PublishPacket) => {
      if (!topic.startsWith('$SYS')) seen.push({ topic, payload: payload.toString() });
    });
    server = createServer(broker.handle);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  const shut = async (): Promise<void> => {
    await new Promise<void>((resolve) => broker.close(() => resolve()));
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  beforeEach(() => {
    seen = [];
  });

  it('speak for themselves, survive a broker that goes away, and say goodbye', async () => {
    const port = await open(0);
    const devices = ['c1/a', 'c1/b', 'c1/c'].map((id) => ({ id, domain: 'fire', secret: 's' }));
    const running = runSimulators({ mqttUrl: `mqtt://127.0.0.1:${port}`, devices, seed: 'test', everyMs: [100, 300] });
    const said = (id: string, channel: string) => seen.filter(({ topic }) => topic === `sc/fire/${id}/${channel}`);
    try {
      await waitUntil('a reading of each', () => devices.every(({ id }) => said(id, 'telemetry').length > 0));
      await shut();
      seen = [];
      await open(port);
      await waitUntil('each is online again and reads on', () =>
        devices.every(({ id }) => said(id, 'status').length > 0 && said(id, 'telemetry').length > 0),
      );
      expect([...running.personalities.values()]).toEqual(['honest', 'honest', 'honest']);
    } finally {
      await running.stop();
    }
    for (const { id } of devices) expect(said(id, 'status').at(-1)?.payload).toBe('{"state":"offline"}');
    expect(running.counts().forgotten).toBe(0);
    await shut();
  }, 60_000);
});
