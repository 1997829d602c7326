import type { Writable } from 'node:stream';

/** PUBACKs of one connection, collected and written as one: a write for each costs more than all else about it. */
export class PubackWriter {
  private messageIds: number[] = [];

  constructor(private readonly socket: Writable) {}

  add(messageId: number): void {
    this.messageIds.push(messageId);
  }

  /** In the order they were added. A connection that is gone gets none: what it sent comes again. */
  flush(): void {
    const { messageIds } = this;
    if (messageIds.length === 0) return;
    this.messageIds = [];
    if (!this.socket.writable) return;
    const bytes = Buffer.allocUnsafe(messageIds.length * 4);
    let at = 0;
    for (const id of messageIds) {
      // PUBACK [MQTT-3.4]
      bytes[at] = 0x40;
      bytes[at + 1] = 2;
      bytes[at + 2] = id >> 8;
      bytes[at + 3] = id & 0xff;
      at += 4;
    }
    this.socket.write(bytes);
  }
}
