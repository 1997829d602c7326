import { useNow, useSiteTime } from '../lib/site-time.js';
import { useDuration } from '../lib/use-words.js';

/** How long ago, counting on; the exact time on pointing. */
export function Age({ since }: { since: string }) {
  const now = useNow();
  const duration = useDuration();
  const { format } = useSiteTime();
  return (
    <time dateTime={since} title={format(since)} className="age">
      {duration(now - Date.parse(since))}
    </time>
  );
}

export function SiteTime({ at, style = 'full' }: { at: string | number; style?: 'time' | 'full' | 'minute' }) {
  const { format } = useSiteTime();
  return (
    <time dateTime={new Date(at).toISOString()} title={format(at)} className="age">
      {format(at, style)}
    </time>
  );
}
