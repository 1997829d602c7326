/** Injection token of the {@link FaultHooks}. */
export const FAULT_HOOKS = Symbol('FaultHooks');

/** Named points between two steps that must not be torn apart; the fault tests end the process there. */
export interface FaultHooks {
  at(point: string): void;
}

export const noFaults: FaultHooks = { at: () => undefined };

/**
 * `point:n` kills this process with SIGKILL when it comes to the point for the n-th time; nothing given does nothing.
 * @throws RangeError for any other form
 */
export function faultHooks(specification: string | undefined): FaultHooks {
  if (!specification) return noFaults;
  const [, target, times] = /^([a-z-]+):([1-9][0-9]*)$/.exec(specification) ?? [];
  if (!target) throw new RangeError('a fault hook is point:n, for example between-commits:3');
  let left = Number(times);
  return {
    at: (point) => {
      if (point !== target) return;
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
    },
  };
}
