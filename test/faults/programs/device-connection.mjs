import { connect } from 'node:net';
import { connectPacket } from '../../load/mqtt-connection.mjs';

const pauseMs = [50, 300];
const connackLimitMs = 10_000;

/**
 * One device that loses nothing: QoS 1, at most `window` messages unacknowledged; what was not acknowledged is sent again
 * with DUP after each reconnect, in the same order under the same packet ids [MQTT-4.4.0-1]. Only a PUBACK counts.
 */
export class DeviceConnection {
  connects = 0;
  /** PUBACKs for nothing that we had sent. */
  strangeAcks = 0;
  /** Packet id → what was sent and is not acknowledged, in the order of sending. */
  inFlight = new Map();
  nextId = 1;
  closed = false;

  /** @param source `next()` answers `{ key, packet, idAt }`, or undefined when there is nothing to send now */
  constructor({ port, login, window, source, onAck }) {
    Object.assign(this, { port, login, window, source, onAck });
    void this.stayConnected();
  }

  /** Sends what the window and the source allow. */
  pump() {
    if (!this.socket || this.closed) return;
    this.socket.cork();
    while (this.inFlight.size < this.window) {
      const message = this.source.next();
      if (!message) break;
      this.socket.write(this.register(message));
    }
    this.socket.uncork();
  }

  /** The connection is reset in the middle of a packet; the message comes again, whole, on the next one. */
  cutInsidePacket() {
    const { socket } = this;
    const message = socket && this.source.next();
    if (!message) return socket?.resetAndDestroy();
    const packet = this.register(message);
    const part = 1 + Math.floor(Math.random() * (packet.length - 1));
    socket.write(packet.subarray(0, part), () => socket.resetAndDestroy());
    this.socket = undefined;
  }

  close() {
    this.closed = true;
    this.socket?.destroy();
  }

  register({ key, packet, idAt }) {
    while (this.inFlight.has(this.nextId)) this.nextId = following(this.nextId);
    packet.writeUInt16BE(this.nextId, idAt);
    this.inFlight.set(this.nextId, { key, packet });
    this.nextId = following(this.nextId);
    return packet;
  }

  async stayConnected() {
    while (!this.closed) {
      try {
        const socket = await open(this.port, this.login);
        await this.use(socket);
      } catch {
        // The broker is away, frozen or does not know us yet.
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs[0] + Math.random() * (pauseMs[1] - pauseMs[0])));
    }
  }

  use(socket) {
    this.connects += 1;
    return new Promise((resolve) => {
      let rest = Buffer.alloc(0);
      socket.on('close', () => {
        if (this.socket === socket) this.socket = undefined;
        resolve();
      });
      socket.on('data', (chunk) => {
        const bytes = rest.length ? Buffer.concat([rest, chunk]) : chunk;
        let at = 0;
        // Nothing is subscribed to: only PUBACKs come, four bytes each.
        for (; bytes.length - at >= 4; at += 4) this.acknowledged(bytes.readUInt16BE(at + 2), bytes[at]);
        rest = bytes.subarray(at);
        this.pump();
      });
      socket.cork();
      for (const { packet } of this.inFlight.values()) {
        packet[0] |= 0x08;
        socket.write(packet);
      }
      socket.uncork();
      this.socket = socket;
      this.pump();
    });
  }

  acknowledged(id, type) {
    const message = type === 0x40 ? this.inFlight.get(id) : undefined;
    if (!message) {
      this.strangeAcks += 1;
      return;
    }
    this.inFlight.delete(id);
    this.onAck(message.key);
  }
}

const following = (id) => (id === 65_535 ? 1 : id + 1);

/** A socket that has got its CONNACK; nothing is left of one that has not. */
function open(port, login) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(connectPacket(login)));
    const timer = setTimeout(() => socket.destroy(), connackLimitMs);
    socket.on('error', () => undefined);
    socket.once('close', () => reject(new Error('not let in')));
    socket.once('data', (answer) => {
      clearTimeout(timer);
      // CONNACK [MQTT-3.2]
      if (answer.length === 4 && answer[0] === 0x20 && answer[3] === 0) resolve(socket);
      else socket.destroy();
    });
  });
}
