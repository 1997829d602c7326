import mqttPacket from 'mqtt-packet';

const payloadBytes = 200;
/** Everything twice and out of order within so many messages. */
const blockMessages = 40;

const publish = (topic, payload) => ({
  packet: mqttPacket.generate({ cmd: 'publish', topic, payload, qos: 1, messageId: 1, dup: false }),
  // Two bytes of length before the topic [MQTT-3.3.2-1].
  idAt: 0,
  topic,
});
const withIdAt = (made) => ({ ...made, idAt: made.packet.indexOf(made.topic) + Buffer.byteLength(made.topic) });

/** Beyond its full rate a device goes on so often: a store that took minutes of it would keep the rebuild after a kill busy. */
const calmMs = 100;

/**
 * Times of one device for a load: distinct, one `stepMs` after the other, from `from` on, at most `limit`; the first `atFullRate`
 * as fast as they are asked for.
 */
export class Timeline {
  sent = 0;

  constructor({ from, stepMs = 1, limit = Infinity, atFullRate = Infinity }) {
    Object.assign(this, { from, stepMs, limit, atFullRate });
    this.calmUntil = 0;
    /** What the device adds to its time from now on. */
    this.offset = 0;
  }

  next() {
    if (this.sent >= this.limit) return undefined;
    if (this.sent >= this.atFullRate) {
      const now = performance.now();
      if (now < this.calmUntil) return undefined;
      this.calmUntil = now + calmMs;
    }
    const ts = this.from + this.sent * this.stepMs + this.offset;
    this.sent += 1;
    return ts;
  }
}

/** A load of one device on a timeline: 200 bytes of JSON with three values that follow from `ts`, so that a duplicate is one. */
export class LoadSource {
  constructor({ topic, names }, timeline, { twice = false, random = Math.random } = {}) {
    Object.assign(this, { timeline, twice, random });
    const [a, b, c] = names;
    const start = `{"ts":0000000000000,"values":{"${a}":20.00,"${b}":0.000,"${c}":51.00},"firmware":"`;
    const made = withIdAt(publish(topic, `${start}${'v'.repeat(payloadBytes - start.length - 2)}"}`));
    Object.assign(this, { template: made.packet, idAt: made.idAt });
    this.tsAt = made.packet.indexOf('"ts":') + 5;
    this.digitsAt = [`"${a}":20.`, `"${b}":0.0`, `"${c}":51.`].map((text) => made.packet.indexOf(text) + text.length);
    this.block = [];
  }

  next() {
    const ts = this.twice ? this.fromBlock() : this.timeline.next();
    return ts === undefined ? undefined : { key: ts, packet: this.packetOf(ts), idAt: this.idAt };
  }

  fromBlock() {
    if (this.block.length === 0) {
      for (let i = 0; i < blockMessages; i += 1) {
        const ts = this.timeline.next();
        if (ts !== undefined) this.block.push(ts, ts);
      }
      shuffle(this.block, this.random);
    }
    return this.block.pop();
  }

  packetOf(ts) {
    const packet = Buffer.from(this.template);
    for (let rest = ts, i = this.tsAt + 12; i >= this.tsAt; i -= 1, rest = Math.floor(rest / 10))
      packet[i] = 48 + (rest % 10);
    for (let i = 0; i < 3; i += 1) {
      const digits = (ts * (7 + 4 * i)) % 100;
      packet[this.digitsAt[i]] = 48 + ((digits / 10) | 0);
      packet[this.digitsAt[i] + 1] = 48 + (digits % 10);
    }
    return packet;
  }
}

/** Messages that mean something, each at its time; `key` is its place in the list. */
export class StorySource {
  constructor({ topic }, messages, startedAt) {
    Object.assign(this, { topic, messages, startedAt });
    this.at = 0;
  }

  get isOver() {
    return this.at === this.messages.length;
  }

  next() {
    const message = this.messages[this.at];
    if (!message || Date.now() < this.startedAt + message.afterMs) return undefined;
    const key = this.at++;
    const made = withIdAt(publish(this.topic.replace('telemetry', message.channel), JSON.stringify(message.payload)));
    return { key, packet: made.packet, idAt: made.idAt };
  }
}

function shuffle(items, random) {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
}
