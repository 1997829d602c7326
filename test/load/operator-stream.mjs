import { PlatformClient } from '../../dist/simulators/client/index.js';
import { atEnd } from './cleanup.mjs';

/** What an operator's screen gets: when each device's alarm was raised, in ms of `performance.now()`. */
export class OperatorStream {
  static async open({ httpUrl, demo }) {
    const operator = demo.people.find(({ role }) => role === 'operator');
    const client = new PlatformClient(httpUrl);
    await client.login(operator.login, operator.password);
    const stream = new OperatorStream();
    await stream.follow(client);
    return stream;
  }

  waiting = new Map();
  aborting = new AbortController();
  close = atEnd(() => this.aborting.abort());

  /** Resolves to the moment at which the alarm of this rule and device arrives. Ask before it is caused. */
  raised(deviceId, ruleId, limitMs = 30_000) {
    return new Promise((resolve, reject) => {
      const key = `${deviceId} ${ruleId}`;
      const timer = setTimeout(() => reject(new Error(`no alarm ${ruleId} of ${deviceId} on the stream`)), limitMs);
      this.waiting.set(key, (at) => {
        clearTimeout(timer);
        this.waiting.delete(key);
        resolve(at);
      });
    });
  }

  /** Resolves at the first frame, `hello`. */
  async follow(client) {
    await new Promise((resolve, reject) => {
      const read = async () => {
        for await (const event of client.stream(this.aborting.signal)) {
          const at = performance.now();
          resolve();
          if (event.type !== 'alarm.raised.v1') continue;
          const { deviceId, ruleId } = JSON.parse(event.data).payload;
          this.waiting.get(`${deviceId} ${ruleId}`)?.(at);
        }
      };
      read().catch((error) => (this.aborting.signal.aborted ? undefined : reject(error)));
    });
  }
}
