const chunkMessages = 64;

/** One publisher: QoS 1, at most `window` messages unacknowledged, PUBACKs checked for their order [MQTT-4.6.0-2]. */
export class PublisherClient {
  acked = 0;
  inFlight = 0;
  misordered = 0;
  /** ms from the end of a chunk to its PUBACK, one under way at a time. */
  samples = [];
  sampleId = 0;
  sampleAt = 0;

  /** @param mayAhead how many more messages all publishers together may send now */
  constructor(socket, stream, { window, mayAhead, onEnd }) {
    this.socket = socket;
    this.stream = stream;
    this.window = window;
    this.mayAhead = mayAhead;
    this.nextId = 1;
    this.expectedId = 1;
    this.rest = Buffer.alloc(0);
    socket.on('data', (chunk) => this.received(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => onEnd(this));
  }

  /** Sends what the window allows, at most `most`. @returns how many */
  send(most = Infinity) {
    let room = Math.min(this.window - this.inFlight, this.mayAhead(), most);
    const all = Math.max(0, room);
    while (room > 0) {
      const count = Math.min(room, chunkMessages);
      const { bytes } = this.stream;
      const buffer = Buffer.allocUnsafe(count * bytes);
      for (let i = 0; i < count; i += 1) {
        this.stream.writeTo(buffer, i * bytes, this.nextId);
        this.nextId = following(this.nextId);
      }
      this.inFlight += count;
      this.socket.write(buffer);
      if (this.sampleId === 0) {
        this.sampleId = this.nextId === 1 ? 65_535 : this.nextId - 1;
        this.sampleAt = performance.now();
      }
      room -= count;
    }
    return all;
  }

  received(chunk) {
    const bytes = this.rest.length ? Buffer.concat([this.rest, chunk]) : chunk;
    let at = 0;
    for (; bytes.length - at >= 4; at += 4) {
      const id = (bytes[at + 2] << 8) | bytes[at + 3];
      if (bytes[at] !== 0x40 || id !== this.expectedId) this.misordered += 1;
      this.expectedId = following(id);
      if (id === this.sampleId) {
        this.samples.push(performance.now() - this.sampleAt);
        this.sampleId = 0;
      }
      this.inFlight -= 1;
      this.acked += 1;
    }
    this.rest = bytes.subarray(at);
    this.onAcknowledged?.();
  }
}

const following = (id) => (id === 65_535 ? 1 : id + 1);
