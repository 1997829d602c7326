import { useQuery } from '@tanstack/react-query';
import { leaveQuery, overridesQuery } from '../api/directory.js';
import { shiftsQuery } from '../api/queries.js';
import { onDutyAt, type OnDuty } from './on-duty.js';
import { useNow } from './site-time.js';

/** The plan is asked for anew as time passes; who is on duty is said by the second. */
const slotMs = 5 * 60_000;

/** Who is on duty now, in all that one may see; undefined until it is known. */
export function useOnDuty(): OnDuty[] | undefined {
  const now = useNow();
  const slot = Math.floor(now / slotMs) * slotMs;
  const range = { from: new Date(slot).toISOString(), to: new Date(slot + slotMs).toISOString() };
  const shifts = useQuery(shiftsQuery(range)).data;
  const leave = useQuery(leaveQuery(range)).data;
  const overrides = useQuery(overridesQuery(range)).data;
  if (!shifts || !leave || !overrides) return undefined;
  return onDutyAt({ shifts: shifts.items, leave: leave.items, overrides: overrides.items }, now);
}
