import { type DemoFile } from '@sc/contracts';
import { type DeviceLogin, MqttDevice, PlatformClient } from '../../simulators/client/index.js';

/** The product with the demo community, however it was started, and its public doors. */
export abstract class Platform {
  abstract readonly httpUrl: string;
  abstract readonly mqttUrl: string;
  /** A broker elsewhere acknowledges before the platform has anything; see docs/external-broker.md. */
  readonly acknowledgesAfterCommit: boolean = false;

  /** Starts it, without simulated devices, and waits until it is ready. */
  abstract start(): Promise<void>;
  /** The logins that the demo was made with. */
  abstract demo(): Promise<DemoFile>;
  /** Ends everything and removes what it kept. */
  abstract dispose(): Promise<void>;

  async login(login: string): Promise<PlatformClient> {
    const person = (await this.demo()).people.find((candidate) => candidate.login === login);
    if (!person) throw new Error(`no demo person ${login}`);
    const client = new PlatformClient(this.httpUrl);
    await client.login(person.login, person.password);
    return client;
  }

  async deviceLogin(id: string): Promise<DeviceLogin> {
    const device = (await this.demo()).devices.find((candidate) => candidate.id === id);
    if (!device) throw new Error(`no demo device ${id}`);
    return { id: device.id, domain: device.domain, secret: device.secret };
  }

  async device(id: string): Promise<MqttDevice> {
    return MqttDevice.connect(await this.deviceLogin(id), { mqttUrl: this.mqttUrl });
  }
}
