import type { Aedes, PublishPacket } from 'aedes';

/**
 * Devices may subscribe to nothing but their own commands, which only we send, and bridges to topics where nothing is
 * sent. So what a device publishes ends in the batch, and Aedes' store, queue and fan-out for it would be work for nobody.
 * Its `$SYS` topics have no readers either. To be called once it listens.
 */
export function quietAedes(aedes: Aedes): void {
  const inner = aedes as unknown as {
    publish(packet: PublishPacket, from: unknown, done?: (error: null) => void): void;
  };
  const send = inner.publish.bind(inner);
  inner.publish = (packet, from, done) => {
    const ours = typeof from === 'function';
    if (ours && !packet.topic.startsWith('$SYS/')) return send(packet, from);
    const finished = ours ? (from as (error: null) => void) : done;
    finished?.(null);
  };
  // Aedes sends the wills of brokers without a heartbeat; ours no longer arrives, so it is told once for all
  (aedes.brokers as Record<string, number>)[aedes.id] = Number.POSITIVE_INFINITY;
}
