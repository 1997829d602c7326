import mqttPacket from 'mqtt-packet';

const payloadBytes = 200;

/**
 * The messages of one device, each 200 bytes of JSON with three values, made by writing digits into a finished packet: a
 * generator that built objects would be the bottleneck on a small machine.
 */
export class TelemetryStream {
  /** @param mode `duplicates` and `disorder`: share of the messages, 0 to 1 */
  constructor({ topic, lastTs = 0, names }, { duplicates = 0, disorder = 0 }) {
    this.lastTs = lastTs;
    this.duplicates = duplicates;
    this.disorder = disorder;
    /** Timestamps held back, with the number of the message after which each is sent. */
    this.late = [];
    this.recent = [];
    this.sent = 0;
    this.repeated = 0;
    const [a, b, c] = names;
    const start = `{"ts":0000000000000,"values":{"${a}":20.00,"${b}":0.000,"${c}":1.00},"firmware":"`;
    const payload = `${start}${'v'.repeat(payloadBytes - start.length - 2)}"}`;
    this.packet = mqttPacket.generate({ cmd: 'publish', topic, payload, qos: 1, messageId: 1, dup: false });
    const at = (marker) => this.packet.indexOf(marker) + marker.length;
    this.idAt = this.packet.indexOf(topic) + Buffer.byteLength(topic);
    this.tsAt = at('"ts":');
    this.digitsAt = [at(`"${a}":20.`), at(`"${b}":0.0`), at(`"${c}":1.`)];
  }

  get bytes() {
    return this.packet.length;
  }

  /** Writes the next message into `target`. Values follow from `ts`, so that a duplicate is one. */
  writeTo(target, offset, messageId) {
    const ts = this.nextTs();
    const { packet } = this;
    packet.writeUInt16BE(messageId, this.idAt);
    for (let rest = ts, i = this.tsAt + 12; i >= this.tsAt; i -= 1, rest = Math.floor(rest / 10))
      packet[i] = 48 + (rest % 10);
    for (let i = 0; i < 3; i += 1) {
      const digits = (ts * (7 + 4 * i)) % 100;
      packet[this.digitsAt[i]] = 48 + ((digits / 10) | 0);
      packet[this.digitsAt[i] + 1] = 48 + (digits % 10);
    }
    packet.copy(target, offset);
    this.sent += 1;
  }

  nextTs() {
    if (this.duplicates > 0 && this.recent.length > 0 && Math.random() < this.duplicates) {
      this.repeated += 1;
      return this.recent[(Math.random() * this.recent.length) | 0];
    }
    if (this.late.length > 0 && this.late[0].after <= this.sent) return this.remember(this.late.shift().ts);
    let ts = this.fresh();
    if (this.disorder > 0 && Math.random() < this.disorder) {
      this.late.push({ ts, after: this.sent + 1 + ((Math.random() * 20) | 0) });
      ts = this.fresh();
    }
    return this.remember(ts);
  }

  /** Distinct, and the time of now unless more than one message a millisecond is sent. */
  fresh() {
    this.lastTs = Math.max(this.lastTs + 1, Date.now());
    return this.lastTs;
  }

  remember(ts) {
    if (this.duplicates > 0) {
      if (this.recent.length < 100) this.recent.push(ts);
      else this.recent[this.sent % 100] = ts;
    }
    return ts;
  }
}
