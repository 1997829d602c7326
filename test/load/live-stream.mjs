import { PlatformClient } from '../../dist/simulators/client/index.js';
import { atEnd } from './cleanup.mjs';

/** What the screen of one person gets. */
export class LiveStream {
  aborting = new AbortController();
  close = atEnd(() => this.aborting.abort());

  /** @param onEvent called with each event, and the moment at which it came in ms of `performance.now()` */
  static async open({ httpUrl }, { login, password }, onEvent) {
    const client = new PlatformClient(httpUrl);
    await client.login(login, password);
    const stream = new LiveStream();
    await stream.follow(client, onEvent);
    return stream;
  }

  /** Resolves at the first frame, `hello`. */
  async follow(client, onEvent) {
    await new Promise((resolve, reject) => {
      const read = async () => {
        for await (const event of client.stream(this.aborting.signal)) {
          const at = performance.now();
          resolve();
          if (event.type !== 'hello') onEvent(JSON.parse(event.data), at);
        }
        throw new Error('a live stream ended');
      };
      // Later, whoever waits for an event notices that none comes.
      read().catch((error) => (this.aborting.signal.aborted ? undefined : reject(error)));
    });
  }
}
