import { connect, type Socket } from 'node:net';
import { systemClock } from '@sc/platform/clock';
import { createLogger } from '@sc/platform/logging';
import { EmbeddedBroker } from '@sc/platform/mqtt';
import { generate, type Packet } from 'mqtt-packet';
import { connectAsync } from 'mqtt';
import { waitUntil } from '../support/wait.js';

const bay = 'sc/parking/c1/bay-1/telemetry';

/** What the rest of the suites does not try: peers that follow the protocol, but not its spirit. */
describe('embedded broker and a peer', () => {
  let broker: EmbeddedBroker;
  const accepted: Socket[] = [];
  let handled = 0;

  beforeEach(async () => {
    handled = 0;
    broker = new EmbeddedBroker(
      {
        port: 0,
        host: '127.0.0.1',
        clock: systemClock,
        logger: createLogger('silent'),
        isLifeSafety: () => false,
        authenticate: async ({ userName }) => ({ ok: true, deviceId: userName, domain: 'parking' }),
      },
      async ({ messages }) => void (handled += messages.length),
    );
    // only to see how much waits to be sent
    (broker as unknown as { server: { on(event: 'connection', listener: (socket: Socket) => void): void } }).server.on(
      'connection',
      (socket) => accepted.push(socket),
    );
    await broker.listen();
  });
  afterEach(() => broker.close());

  const raw = (keepalive: number): Socket => {
    const socket = connect(broker.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const login = { clientId: 'c1/bay-1', username: 'c1/bay-1', password: Buffer.from('x'), keepalive, clean: true };
    socket.write(generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, ...login } as Packet));
    return socket;
  };

  it('that never reads its acknowledgements: they do not pile up here, others are served, and it ends by its keepalive', async () => {
    const deaf = raw(5);
    deaf.pause();
    const closed = new Promise<void>((resolve) => accepted[0]?.once('close', () => resolve()) ?? resolve());
    const many = Buffer.concat(
      Array.from({ length: 10_000 }, (_, n) =>
        generate({ cmd: 'publish', topic: bay, payload: '', qos: 1, messageId: n + 1, dup: false, retain: false }),
      ),
    );
    let wants = true;
    const write = () => {
      while (wants && !deaf.destroyed && deaf.write(many));
    };
    deaf.on('drain', write);
    write();
    // the kernel takes some megabytes of answers first
    await waitUntil(() => (accepted[0]?.writableLength ?? 0) > 0, 60_000);
    const other = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, {
      username: 'c1/bay-2',
      password: 'x',
      clientId: 'c1/bay-2',
      reconnectPeriod: 0,
    });
    await other.publishAsync('sc/parking/c1/bay-2/telemetry', 'served', { qos: 1 });
    let most = 0;
    const look = setInterval(() => (most = Math.max(most, accepted[0]!.writableLength)), 5);
    await waitUntil(() => accepted[0]!.destroyed, 60_000);
    clearInterval(look);
    wants = false;
    deaf.destroy();
    // one batch of acknowledgements may come on top
    expect(most).toBeLessThan(64 * 1024 + 3 * 8000 + 65_536);
    await other.publishAsync('sc/parking/c1/bay-2/telemetry', 'served again', { qos: 1 });
    await other.endAsync();
    await closed;
  }, 120_000);
});
