import type { Reading } from '@sc/platform/time-series';

const EPOCH = Date.UTC(2026, 0, 1);

/** The readings of one numbered batch, the same in every process; each batch repeats some of the one before it and brings a late one. */
export function batchOf(batch: number): Reading[] {
  const fresh = (of: number) => (index: number) => reading(of * 100 + index);
  const indexes = Array.from({ length: 100 }, (_, index) => index);
  return [
    ...indexes.map(fresh(batch)),
    ...indexes.slice(0, batch > 0 ? 10 : 0).map(fresh(batch - 1)),
    { ...reading(batch), ts: EPOCH - 86_400_000 * 30 + ((batch * 7_919) % 100_003) * 10 },
  ];
}

function reading(index: number): Reading {
  const values = [index, index % 2 === 0, `text ${index}`];
  return {
    deviceId: `device ${index % 7}`,
    metric: `metric ${index % 3}`,
    ts: EPOCH + index,
    value: values[index % 3]!,
  };
}
