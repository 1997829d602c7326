import { connect } from 'node:net';
import { connectPacket } from '../mqtt-connection.mjs';
import { TelemetryStream } from './telemetry-stream.mjs';

const answerLimitMs = 30_000;

/** One device: a socket and the message it sends. Little state, so that thousands fit into a process. */
export class FleetDevice {
  sent = 0;
  acked = 0;
  isConnected = false;

  constructor({ port, address, login, names, onEnd }) {
    this.options = { port, host: '127.0.0.1', localAddress: address, noDelay: true };
    this.login = login;
    this.onEnd = onEnd;
    this.stream = new TelemetryStream({ topic: `sc/${login.domain}/${login.id}/telemetry`, names }, {});
  }

  /** @returns whether it was let in */
  connect() {
    return new Promise((resolve) => {
      const socket = connect(this.options, () => socket.write(connectPacket(this.login)));
      const timer = setTimeout(() => socket.destroy(), answerLimitMs);
      const settle = (isIn) => {
        clearTimeout(timer);
        resolve(isIn);
      };
      socket.on('error', () => undefined);
      socket.on('close', () => {
        settle(false);
        if (!this.isConnected) return;
        this.isConnected = false;
        this.acked = this.sent;
        this.onEnd(this);
      });
      socket.once('data', (answer) => {
        // CONNACK [MQTT-3.2]
        if (answer.length !== 4 || answer[0] !== 0x20 || answer[3] !== 0) return socket.destroy();
        this.socket = socket;
        this.isConnected = true;
        // Only PUBACKs come here, and never a part of one: at most one message is under way.
        socket.on('data', (chunk) => (this.acked += chunk.length / 4));
        settle(true);
      });
    });
  }

  publish() {
    const packet = Buffer.allocUnsafe(this.stream.bytes);
    this.stream.writeTo(packet, 0, (this.sent % 65_535) + 1);
    this.sent += 1;
    this.socket.write(packet);
  }
}
