import type { RatioState } from '../state.js';

export interface Share {
  /** Of the value. */
  ts: number;
  value: number;
  divisor: number;
  share: number;
}

/**
 * Takes a value or a divisor; the share there is now to be judged, or `undefined`: the divisor is unknown or 0, or this is
 * an old story. A divisor counts from its own `ts` on, and judges again only the value of the same moment, with which it
 * came in one message.
 */
export function shareOf(state: RatioState, isValue: boolean, ts: number, value: number): Share | undefined {
  if (isValue) {
    if (state.value && ts <= state.value.ts) return undefined;
    state.value = { ts, value };
    return share(state.value, state);
  }
  const [newest] = state.divisors;
  if (newest && ts <= newest.ts) return undefined;
  state.divisors = [{ ts, value }, ...state.divisors.slice(0, 1)];
  return state.value?.ts === ts ? share(state.value, state) : undefined;
}

function share({ ts, value }: { ts: number; value: number }, { divisors }: RatioState): Share | undefined {
  const divisor = divisors.find((one) => one.ts <= ts)?.value;
  return divisor ? { ts, value, divisor, share: value / divisor } : undefined;
}
