/** A complete PUBLISH as a device sends it all day. */
export type Take = (topic: string, messageId: number, payload: Buffer) => void;

/** PUBLISH, QoS 1, not retained [MQTT-3.3.1], without and with the DUP flag. */
const firstTime = 0x32;
const again = 0x3a;

/**
 * Reads the usual packet, a whole PUBLISH with QoS 1, straight from the bytes of a socket: what a library allocates and
 * calls for each packet is a quarter of the cost of a message and more. Everything else is left to the library, from the
 * first byte on that is not such a packet, so the order of packets stays as it was sent.
 */
export class PublishReader {
  /**
   * @param topicAt the topic in these bytes of the chunk; `undefined`: not for us
   * @param version 5: a packet with properties is left too
   */
  constructor(
    private readonly topicAt: (chunk: Buffer, start: number, length: number) => string | undefined,
    private readonly version: 4 | 5,
  ) {}

  /**
   * Hands on the usual packets that `chunk` begins with. It must begin at the beginning of a packet; payloads are parts of it.
   * @returns how many bytes were read
   */
  read(chunk: Buffer, take: Take): number {
    let start = 0;
    while (chunk[start] === firstTime || chunk[start] === again) {
      // remaining length: up to four bytes of seven bits, lowest first [MQTT-2.2.3]
      let position = start + 1;
      let length = 0;
      for (let shift = 0; shift < 28; shift += 7) {
        const byte = chunk[position];
        if (byte === undefined) return start;
        position += 1;
        length |= (byte & 127) << shift;
        if (byte < 128) break;
        if (shift === 21) return start;
      }
      const end = position + length;
      if (end > chunk.length || length < 5) return start;
      const topicLength = chunk[position]! * 256 + chunk[position + 1]!;
      const idAt = position + 2 + topicLength;
      const payloadAt = idAt + (this.version === 5 ? 3 : 2);
      // the length of the properties [MQTT5-3.3.2.3.1]
      if (payloadAt > end || (this.version === 5 && chunk[idAt + 2] !== 0)) return start;
      const topic = this.topicAt(chunk, position + 2, topicLength);
      const messageId = chunk[idAt]! * 256 + chunk[idAt + 1]!;
      if (topic === undefined || messageId === 0) return start;
      take(topic, messageId, chunk.subarray(payloadAt, end));
      start = end;
    }
    return start;
  }
}

/** One of these names, of ASCII; a device publishes mostly on the first. */
export const oneOf =
  (topics: readonly string[]) =>
  (chunk: Buffer, start: number, length: number): string | undefined => {
    for (const topic of topics) if (topic.length === length && equals(chunk, start, topic)) return topic;
    return undefined;
  };

/** Any name. */
export const anyTopic = (chunk: Buffer, start: number, length: number): string =>
  chunk.toString('utf8', start, start + length);

/** From the end, where topics differ; shorter than a native call for these lengths. */
function equals(chunk: Buffer, start: number, topic: string): boolean {
  for (let i = topic.length - 1; i >= 0; i -= 1) if (chunk[start + i] !== topic.charCodeAt(i)) return false;
  return true;
}
