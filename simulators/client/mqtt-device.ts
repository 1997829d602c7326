import { formatTopic, type Channel, type DeviceId, type EventPayload, type TelemetryPayload } from '@sc/contracts';
import { connect, connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { waitUntil, within } from './wait-until.js';

export interface DeviceLogin {
  id: DeviceId;
  domain: string;
  secret: string;
}

export interface MqttDeviceOptions {
  mqttUrl: string;
  /** Distinguishes a second connection of the same device: client id `{id}:{suffix}`. */
  suffix?: string;
  /** How long one PUBACK may take before we call it hung. */
  limitMs?: number;
  /** Pause before connecting again; 0 = a lost connection stays lost. */
  reconnectMs?: number;
  /** It was registered a moment ago: a broker elsewhere learns of it within some seconds, and refuses it until then. */
  newcomer?: boolean;
}

/** A broker elsewhere looks for new permissions every two seconds. */
const admittedWithinMs = 20_000;

/** A device as the contract describes it: MQTT 3.1.1, QoS 1, client id and user name = its id, a will that says offline. */
export class MqttDevice {
  private constructor(
    readonly login: DeviceLogin,
    readonly client: MqttClient,
    private readonly limitMs: number,
  ) {}

  /**
   * Connects and says that it is online.
   * @throws Error when the broker cannot be reached or refuses the login
   */
  static async connect(login: DeviceLogin, options: MqttDeviceOptions): Promise<MqttDevice> {
    const limitMs = options.limitMs ?? 60_000;
    const open = () =>
      within(`connected as ${login.id}`, limitMs, connectAsync(options.mqttUrl, clientOptions(login, options), false));
    const client = options.newcomer
      ? await waitUntil(`${login.id} is let in`, open, { limitMs: admittedWithinMs, everyMs: 500 })
      : await open();
    // Without a listener a lost connection would end the process; a publish that hangs on it reports itself.
    client.on('error', () => undefined);
    const device = new MqttDevice(login, client, limitMs);
    await device.status('online');
    return device;
  }

  /** Starts to connect and goes on trying: for devices that outlive the platform. */
  static keepTrying(login: DeviceLogin, options: MqttDeviceOptions): MqttDevice {
    const client = connect(options.mqttUrl, clientOptions(login, { reconnectMs: 5000, ...options }));
    client.on('error', () => undefined);
    return new MqttDevice(login, client, options.limitMs ?? 60_000);
  }

  /** Each resolves at the PUBACK. @throws WaitedTooLongError without one */
  telemetry = (payload: TelemetryPayload): Promise<void> => this.publish('telemetry', JSON.stringify(payload));
  event = (payload: EventPayload): Promise<void> => this.publish('event', JSON.stringify(payload));
  status = (state: 'online' | 'offline'): Promise<void> => this.publish('status', JSON.stringify({ state }), true);

  /** Whatever bytes on one of the device's channels. */
  publish(channel: Channel, payload: string | Buffer, retain = false): Promise<void> {
    const { id, domain } = this.login;
    return this.publishTo(formatTopic({ domain, deviceId: id, channel }), payload, retain);
  }

  /** Whatever bytes anywhere: what a hostile device would try. */
  async publishTo(topic: string, payload: string | Buffer, retain = false): Promise<void> {
    const sent = this.client.publishAsync(topic, payload, { qos: 1, retain });
    await within(`PUBACK for ${topic}`, this.limitMs, sent);
  }

  /** Says goodbye. Bounded: a platform that is away does not hold us. */
  async end(): Promise<void> {
    try {
      if (this.client.connected) await within('said goodbye', 2000, this.status('offline'));
    } catch {
      // The platform is away or slow; it will learn from the closed connection.
    }
    await this.close();
  }

  /** Falls silent at once, without a goodbye: the broker publishes the will. */
  async cut(): Promise<void> {
    this.client.options.reconnectPeriod = 0;
    this.client.stream.destroy();
    await this.close();
  }

  /** MQTT.js tells that it has ended only after its next try to connect, when nobody listens: we need not wait for that. */
  private async close(): Promise<void> {
    await within('closed', 500, this.client.endAsync(true)).catch(() => undefined);
  }
}

const clientOptions = (login: DeviceLogin, { suffix, reconnectMs = 0 }: MqttDeviceOptions): IClientOptions => ({
  protocolVersion: 4,
  clientId: suffix === undefined ? login.id : `${login.id}:${suffix}`,
  username: login.id,
  password: login.secret,
  // What was not acknowledged stays in our memory and is sent again; the broker has nothing to keep for us.
  clean: true,
  keepalive: 30,
  connectTimeout: 15_000,
  reconnectPeriod: reconnectMs,
  will: {
    topic: formatTopic({ domain: login.domain, deviceId: login.id, channel: 'status' }),
    payload: Buffer.from(JSON.stringify({ state: 'offline' })),
    qos: 1,
    retain: true,
  },
});
