/** Gives the function that lets go of a place among the hidden pages, or nothing when none is free. */
export type TakePlace = () => Promise<(() => void) | undefined>;

/** A phone in the pocket listens to nothing: Web Push wakes its owner, and the battery lasts. */
export const noPlaceWhileHidden: TakePlace = () => Promise.resolve(undefined);

/** Hidden pages of one browser that may keep their stream; with six connections per host some must stay free. */
const hiddenPlaces = ['sc-stream-1', 'sc-stream-2'];
/** Who looks away only for a moment keeps the stream. */
const graceMs = 3_000;

/**
 * When a page may hold its stream, which costs one of the browser's few connections: while it is seen, and while it is
 * hidden with a place; never in the back/forward cache.
 */
export class Attendance {
  private cached = false;
  private leave: (() => void) | undefined;
  private graceTimer: ReturnType<typeof setTimeout> | undefined;
  /** Counts what happened to the page, so that a late answer about a place is known as such. */
  private turn = 0;

  constructor(
    private readonly admit: (open: boolean) => void,
    private readonly takePlace: TakePlace = takeHiddenPlace,
  ) {}

  start(): void {
    document.addEventListener('visibilitychange', this.onVisibility);
    window.addEventListener('pagehide', this.onPageHide);
    window.addEventListener('pageshow', this.onPageShow);
    this.onVisibility();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.onVisibility);
    window.removeEventListener('pagehide', this.onPageHide);
    window.removeEventListener('pageshow', this.onPageShow);
    this.nextTurn();
  }

  private readonly onVisibility = (): void => {
    // A page that is left becomes hidden after its `pagehide`.
    if (this.cached) return;
    const turn = this.nextTurn();
    if (document.hidden) void this.hide(turn);
    else this.admit(true);
  };

  private readonly onPageHide = (): void => {
    this.cached = true;
    this.nextTurn();
    this.admit(false);
  };

  private readonly onPageShow = (): void => {
    if (!this.cached) return;
    this.cached = false;
    this.onVisibility();
  };

  private async hide(turn: number): Promise<void> {
    const leave = await this.takePlace().catch(() => undefined);
    if (turn !== this.turn) return leave?.();
    this.leave = leave;
    if (leave) this.admit(true);
    else this.graceTimer = setTimeout(() => this.admit(false), graceMs);
  }

  private nextTurn(): number {
    clearTimeout(this.graceTimer);
    this.leave?.();
    this.leave = undefined;
    return ++this.turn;
  }
}

/** Web Locks count over all pages of the site; without them (plain http in a LAN) there is no place. */
async function takeHiddenPlace(): Promise<(() => void) | undefined> {
  // The types know no browser outside a secure context.
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return undefined;
  for (const name of hiddenPlaces) {
    const leave = await takeLock(locks, name);
    if (leave) return leave;
  }
  return undefined;
}

const takeLock = (locks: LockManager, name: string): Promise<(() => void) | undefined> =>
  new Promise((resolve, reject) => {
    const held = (lock: Lock | null) =>
      lock ? new Promise<void>((leave) => resolve(() => leave())) : resolve(undefined);
    locks.request(name, { ifAvailable: true }, held).catch(reject);
  });
