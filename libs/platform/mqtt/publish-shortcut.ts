import { PacketGuard } from './packet-guard.js';
import type { PublishReader, Take } from './publish-reader.js';

export interface ShortcutOptions {
  reader: PublishReader;
  take: Take;
  maxPacketBytes: number;
  /** Gives bytes to the library. @returns whether it wants more, as `Readable.push` does */
  toLibrary: (bytes: Buffer) => boolean;
  /** Whether usual packets may be taken now: not while the library holds others that came before. */
  mayTake: () => boolean;
  tooLarge: () => void;
}

/**
 * Takes the usual packets out of a byte stream before a library sees them: it would be most of what a message costs. What the
 * library has the beginning of it gets to the end, and no byte more: cut in the middle of a packet are nearly all chunks of a
 * connection that is busy. All packets are handled in the order in which they came.
 */
export class PublishShortcut {
  private readonly guard: PacketGuard;
  private isLibraryBusy = false;

  constructor(private readonly options: ShortcutOptions) {
    this.guard = new PacketGuard(options.maxPacketBytes, options.maxPacketBytes);
  }

  /** Takes the next bytes. @returns what the library answered last, true when it got nothing */
  accept(chunk: Buffer): boolean {
    const { reader, take, toLibrary, mayTake } = this.options;
    const missing = this.guard.missingBytes;
    // Cut within its header: where it ends is not known yet, so what follows is the library's, too.
    if (missing === undefined) this.leaveLibraryAlone();
    const begun = Math.min(missing ?? chunk.length, chunk.length);
    if (!this.guard.accept(chunk)) this.options.tooLarge();
    const wantsMore = begun === 0 || toLibrary(chunk.subarray(0, begun));
    if (begun === chunk.length) return wantsMore;
    const read = mayTake() && !this.isLibraryBusy ? reader.read(chunk.subarray(begun), take) : 0;
    const left = chunk.subarray(begun + read);
    if (left.length === 0) return wantsMore;
    if (left.length > this.guard.begunBytes) this.leaveLibraryAlone();
    return toLibrary(left);
  }

  /** Until it has handled several packets, each in a tick of its own. More bytes in the same one are only known of TLS. */
  private leaveLibraryAlone(): void {
    this.isLibraryBusy = true;
    process.nextTick(() => (this.isLibraryBusy = false));
  }
}
