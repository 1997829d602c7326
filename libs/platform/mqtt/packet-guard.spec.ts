import fc from 'fast-check';
import { generate } from 'mqtt-packet';
import { PacketGuard } from './packet-guard.js';

const publish = (size: number) =>
  generate({ cmd: 'publish', topic: 'a', payload: Buffer.alloc(size), qos: 0, dup: false, retain: false });

describe('PacketGuard', () => {
  it('stands between packets after whole packets, however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 20 }),
        (sizes, cuts) => {
          const guard = new PacketGuard(30_000, 30_000);
          let rest = Buffer.concat(sizes.map(publish));
          for (let n = 0; rest.length > 0; n += 1) {
            const cut = cuts[n % cuts.length]!;
            expect(guard.accept(rest.subarray(0, cut))).toBe(true);
            rest = rest.subarray(cut);
          }
          expect(guard.inPacket).toBe(false);
          expect(guard.partialBytes).toBe(0);
        },
      ),
    );
  });

  it('refuses a packet by its announced length, the first one earlier', () => {
    expect(new PacketGuard(100, 1000).accept(publish(200).subarray(0, 3))).toBe(false);
    const guard = new PacketGuard(100, 1000);
    expect(guard.accept(publish(50))).toBe(true);
    expect(guard.accept(publish(900))).toBe(true);
    expect(guard.accept(publish(1100).subarray(0, 3))).toBe(false);
  });

  it('knows how much a packet will take while it is only partly here', () => {
    const guard = new PacketGuard(1e6, 1e6);
    guard.accept(publish(500_000).subarray(0, 1000));
    expect(guard.partialBytes).toBeGreaterThanOrEqual(500_000);
  });
});
