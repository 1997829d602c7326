const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Whether the clock may be believed when something is to be deleted for good: after a jump (a wrong time server, a battery that
 * ran out) not for a day, in which somebody or the time server puts it right. The machine's sleep looks the same and costs nothing.
 */
export class ClockJumps {
  private last: { wall: number; monotonic: number } | undefined;
  private distrustedUntil = Number.NEGATIVE_INFINITY;

  /** @param monotonic ms of a clock that nobody sets */
  constructor(private readonly monotonic: () => number = () => performance.now()) {}

  trusts(wall: number): boolean {
    const monotonic = this.monotonic();
    const { last } = this;
    this.last = { wall, monotonic };
    if (last && Math.abs(wall - last.wall - (monotonic - last.monotonic)) > hourMs)
      this.distrustedUntil = monotonic + dayMs;
    return monotonic >= this.distrustedUntil;
  }
}
