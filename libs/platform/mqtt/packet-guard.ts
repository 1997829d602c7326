/**
 * Follows the fixed headers [MQTT-2.2] in a byte stream without keeping it, so that an oversized packet is known by its
 * announced length before anything collects its bytes.
 */
export class PacketGuard {
  /** Bytes of the current packet's body that are still to come. */
  private remaining = 0;
  private state: 'type' | 'length' = 'type';
  private length = 0;
  private factor = 1;
  private first = true;
  private announced = 0;
  private begun = 0;

  constructor(
    private readonly maxFirstPacket: number,
    private readonly maxPacket: number,
  ) {}

  /** Announced length of the packet that is only partly here; 0 between packets. */
  get partialBytes(): number {
    return this.remaining > 0 ? this.announced : 0;
  }

  /** Whether the stream stands inside a packet, if only its header. */
  get inPacket(): boolean {
    return this.remaining > 0 || this.state === 'length';
  }

  /** Bytes of the packet in which the stream stands that are still to come; 0 between packets, undefined while its length is not known. */
  get missingBytes(): number | undefined {
    return this.state === 'length' ? undefined : this.remaining;
  }

  /** Bytes of the packet in which the stream stands that were there already; 0 between packets. */
  get begunBytes(): number {
    return this.inPacket ? this.begun : 0;
  }

  /** Takes the next bytes; false when they begin a packet that is too large or has no valid length. */
  accept(chunk: Buffer): boolean {
    let position = 0;
    while (position < chunk.length) {
      if (this.remaining > 0) {
        const step = Math.min(this.remaining, chunk.length - position);
        this.remaining -= step;
        this.begun += step;
        position += step;
        continue;
      }
      const byte = chunk[position]!;
      position += 1;
      if (this.state === 'type') {
        this.state = 'length';
        this.begun = 1;
        this.length = 0;
        this.factor = 1;
        continue;
      }
      this.begun += 1;
      this.length += (byte & 127) * this.factor;
      this.factor *= 128;
      if (this.length > (this.first ? this.maxFirstPacket : this.maxPacket)) return false;
      if (byte & 128) {
        if (this.factor > 128 ** 3) return false;
        continue;
      }
      this.state = 'type';
      this.first = false;
      this.remaining = this.announced = this.length;
    }
    return true;
  }
}
