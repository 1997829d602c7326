import { once } from 'node:events';
import { connect } from 'node:net';
import mqttPacket from 'mqtt-packet';

const waitLimitMs = 20_000;
const pingreq = Buffer.from([0xc0, 0]);

/** A login of the broker; a baseline broker needs no password. */
export const connectPacket = ({ id, secret, clientId = id }) =>
  mqttPacket.generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId,
    clean: true,
    keepalive: 120,
    ...(secret === undefined ? {} : { username: id, password: Buffer.from(secret) }),
  });

/** A socket that has got its CONNACK. @throws when the login is refused or nobody answers */
export async function openSocket(port, login) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect', { signal: AbortSignal.timeout(waitLimitMs) });
  socket.write(connectPacket(login));
  const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(waitLimitMs) });
  // CONNACK [MQTT-3.2]
  if (answer.length !== 4 || answer[0] !== 0x20 || answer[3] !== 0)
    throw new Error(`CONNECT refused: ${answer.toString('hex')}`);
  return socket;
}

/** One quiet device: publishes and pings one at a time, and says how long the answer took. */
export class Probe {
  static async connect(port, login) {
    return new Probe(await openSocket(port, login), login);
  }

  constructor(socket, login) {
    this.socket = socket;
    this.login = login;
    this.nextId = 1;
    this.waiting = new Map();
    let rest = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      const bytes = rest.length ? Buffer.concat([rest, chunk]) : chunk;
      let at = 0;
      // Only PUBACK (4 bytes) and PINGRESP (2 bytes) come here.
      for (let length; at < bytes.length && bytes.length - at >= (length = bytes[at + 1] + 2); at += length)
        this.answered(bytes[at] === 0x40 ? bytes.readUInt16BE(at + 2) : 'ping');
      rest = bytes.subarray(at);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const { reject } of this.waiting.values()) reject(new Error(`${login.id} was disconnected`));
    });
  }

  /** @returns ms until the PUBACK */
  publish(channel, payload) {
    const messageId = this.nextId++;
    const topic = `sc/${this.login.domain}/${this.login.id}/${channel}`;
    const packet = mqttPacket.generate({
      cmd: 'publish',
      topic,
      payload: JSON.stringify(payload),
      qos: 1,
      messageId,
      dup: false,
      retain: false,
    });
    return this.ask(messageId, packet);
  }

  /** @returns ms until the PINGRESP */
  ping() {
    return this.ask('ping', pingreq);
  }

  close() {
    this.socket.destroy();
  }

  ask(key, packet) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.login.id}: no answer in time`)), waitLimitMs);
      this.waiting.set(key, { resolve, reject, timer, sentAt: performance.now() });
      this.socket.write(packet);
    });
  }

  answered(key) {
    const waiting = this.waiting.get(key);
    if (!waiting) return;
    this.waiting.delete(key);
    clearTimeout(waiting.timer);
    waiting.resolve(performance.now() - waiting.sentAt);
  }
}
