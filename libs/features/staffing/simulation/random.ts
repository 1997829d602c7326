/**
 * A number from 0 to 1 that belongs to this seed, this case and this question, and to nothing else: two variants of one run
 * draw the same luck for the same case, so what differs between them is the staffing.
 */
export function drawOf(seed: number, subject: number, question: number, attempt = 0): number {
  let h = (seed ^ 0x9e3779b9) >>> 0;
  for (const part of [subject, question, attempt]) {
    h = Math.imul(h ^ (part + 0x7f4a7c15), 0x85ebca6b) >>> 0;
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0;
    h = (h ^ (h >>> 16)) >>> 0;
  }
  return (h + 0.5) / 4_294_967_296;
}

/** What is drawn of a case. */
export const questions = { accept: 1, handle: 2, handleAgain: 3, verify: 4 } as const;

/** Times as they were, shortest first, or a mean to draw around where there are too few. */
export type Times = { kind: 'known'; sorted: Float64Array } | { kind: 'mean'; mean: number };

/** Fewer say nothing about how times spread. */
const fewestKnown = 5;

export function timesOf(samples: readonly number[], otherwise: Times): Times {
  return samples.length < fewestKnown ? otherwise : { kind: 'known', sorted: Float64Array.from(samples).sort() };
}

/** One of the times as they were; around a mean a gamma of shape 2: never zero, sometimes thrice as long. */
export function timeAt(times: Times, u: number, v: number): number {
  if (times.kind === 'known')
    return times.sorted[Math.min(times.sorted.length - 1, Math.floor(u * times.sorted.length))]!;
  return (-times.mean / 2) * (Math.log(u) + Math.log(v));
}
