import { assertAcknowledged, loadShape, publishersOf, runLoad } from '../load.mjs';
import { Program } from '../processes.mjs';

/** How fast the load generator is against a server that does nothing: what is measured must lie well under it. */
export async function measureCeiling({ seconds }) {
  const sink = new Program('sink');
  try {
    const { port } = await sink.next('ready', 10_000);
    const publishers = publishersOf(inventedLogins());
    const report = await runLoad({ port, publishers, settings: { seconds: Math.min(5, seconds) } });
    return assertAcknowledged(report).acked / report.seconds;
  } finally {
    await sink.stop();
  }
}

/** For servers that check no login. */
export const inventedLogins = () =>
  Array.from({ length: loadShape.publishers }, (_, n) => ({
    id: `bench/publisher-${String(n + 1).padStart(5, '0')}`,
    domain: 'fire',
  }));
