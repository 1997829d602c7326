import { createServer, type AddressInfo, type Server } from 'node:net';
import { Aedes, type Client, type PublishPacket } from 'aedes';
import { MqttDevice } from './mqtt-device.js';
import { waitUntil } from './wait-until.js';

const login = { id: 'c1/smoke-1', domain: 'fire', secret: 'secret' };

describe('MqttDevice', () => {
  let broker: Aedes;
  let server: Server;
  let mqttUrl: string;
  let published: { topic: string; payload: string; qos: number; retain: boolean }[];
  let clients: string[];

  beforeEach(async () => {
    published = [];
    clients = [];
    broker = await Aedes.createBroker();
    broker.authenticate = (client: Client, user, password, done) => {
      clients.push(`${client.id} ${user} ${client.version ?? ''}`);
      done(null, user === login.id && password?.toString() === login.secret);
    };
    broker.on('publish', (packet: PublishPacket) => {
      if (packet.topic.startsWith('$SYS')) return;
      const { topic, payload, qos, retain } = packet;
      published.push({ topic, payload: payload.toString(), qos, retain });
    });
    server = createServer(broker.handle);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    mqttUrl = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await new Promise<void>((resolve) => broker.close(() => resolve()));
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it('logs in as the contract says and publishes on its own topics, QoS 1', async () => {
    const device = await MqttDevice.connect(login, { mqttUrl });
    await device.telemetry({ ts: 1, values: { smoke: 0.1 } });
    await device.event({ id: 'e1', type: 'test' });
    await device.end();
    expect(clients).toEqual(['c1/smoke-1 c1/smoke-1 4']);
    expect(published).toEqual([
      { topic: 'sc/fire/c1/smoke-1/status', payload: '{"state":"online"}', qos: 1, retain: true },
      { topic: 'sc/fire/c1/smoke-1/telemetry', payload: '{"ts":1,"values":{"smoke":0.1}}', qos: 1, retain: false },
      { topic: 'sc/fire/c1/smoke-1/event', payload: '{"id":"e1","type":"test"}', qos: 1, retain: false },
      { topic: 'sc/fire/c1/smoke-1/status', payload: '{"state":"offline"}', qos: 1, retain: true },
    ]);
  });

  it('resolves at the PUBACK, not before', async () => {
    let release: (() => void) | undefined;
    const device = await MqttDevice.connect(login, { mqttUrl });
    broker.authorizePublish = (_client, _packet, done) => {
      release = () => done(null);
    };
    let acknowledged = false;
    const sent = device.telemetry({ ts: 1, values: { smoke: 0.1 } }).then(() => {
      acknowledged = true;
    });
    await waitUntil('the broker holds the message', () => release !== undefined);
    expect(acknowledged).toBe(false);
    release!();
    await sent;
    await device.cut();
  });

  it('leaves its will behind when it is cut off', async () => {
    const device = await MqttDevice.connect(login, { mqttUrl, suffix: 'a' });
    await device.cut();
    await waitUntil('the will', () => published.length === 2);
    expect(published[1]).toMatchObject({ topic: 'sc/fire/c1/smoke-1/status', payload: '{"state":"offline"}' });
    expect(clients).toEqual(['c1/smoke-1:a c1/smoke-1 4']);
  });

  it('throws when the login is refused, or when nobody listens', async () => {
    await expect(MqttDevice.connect({ ...login, secret: 'wrong' }, { mqttUrl })).rejects.toThrow();
    await expect(MqttDevice.connect(login, { mqttUrl: 'mqtt://127.0.0.1:1' })).rejects.toThrow();
  });

  it('does not wait for a PUBACK for ever', async () => {
    const device = await MqttDevice.connect(login, { mqttUrl, limitMs: 300 });
    broker.authorizePublish = () => undefined;
    await expect(device.telemetry({ ts: 1, values: { smoke: 1 } })).rejects.toThrow('PUBACK');
    await device.cut();
  });
});
