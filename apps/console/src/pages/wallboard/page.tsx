import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useLiveState } from '../../api/live.js';
import { wallAlarmsQuery, wallOrdersQuery, wallSessionQuery } from '../../api/wallboard.js';
import { useAlarmSound } from '../../app/sound/use-alarm-sound.js';
import { toServerTime, useNow } from '../../lib/site-time.js';
import { useDuration } from '../../lib/use-words.js';
import '../../styles/wall.css';
import { WallAlarmList } from './alarm-list.js';
import { BrokenSign } from './broken-sign.js';
import { DangerList } from './danger-list.js';
import { WallDuty } from './duty.js';
import { arrange } from './fold.js';
import { WallFoot } from './foot.js';
import { WallHead } from './head.js';
import { WallOrders } from './orders.js';
import { brokenBy } from './stale.js';
import { WallTools, type WallPart, wallParts } from './tools.js';

/** Long enough for somebody to come by. */
const endingMs = 60 * 60_000;

/** For a screen on the wall, read from four metres: what asks for people now, and whether this is the present at all. */
export function WallboardPage() {
  const { t } = useTranslation('wall');
  const [search, setSearch] = useSearchParams();
  const part = wallParts.find((one) => one === search.get('show')) ?? 'all';
  useAlarmSound();
  const now = useNow();
  const alarms = useQuery(wallAlarmsQuery);
  const orders = useQuery(wallOrdersQuery);
  const broken = useBroken(alarms.isError || orders.isError);
  const session = useQuery(wallSessionQuery(broken !== undefined)).data;
  const duration = useDuration();
  const { danger, others, counts } = arrange(alarms.data?.items ?? []);
  const ends = session ? Date.parse(session.expiresAt) - now : Infinity;
  useEffect(() => {
    document.title = `${t('title')} · ${danger.length > 0 ? t('dangerCount', { count: danger.length }) : t('alarms')}`;
  }, [t, danger.length]);
  const isCut = Boolean(alarms.data?.nextCursor);
  return (
    <main className="wall" data-part={part} {...(broken ? { 'data-broken': broken } : {})}>
      <WallHead counts={counts} isCut={isCut} broken={broken !== undefined} />
      <div className="wall-signs" aria-live="assertive">
        {broken && <BrokenSign broken={broken} />}
        {ends < endingMs && <p className="wall-ending">{t('ending', { time: duration(ends) })}</p>}
      </div>
      <div className="wall-body">
        {danger.length > 0 && <DangerList danger={danger} />}
        <div className="wall-columns">
          {part !== 'orders' && (
            <WallAlarmList alarms={others} known={alarms.data !== undefined} quiet={danger.length > 0} isCut={isCut} />
          )}
          {part !== 'alarms' && (
            <div className="wall-side">
              <WallOrders page={orders.data} />
              <WallDuty />
            </div>
          )}
        </div>
      </div>
      <div className="wall-bottom">
        <WallFoot />
        <WallTools
          part={part}
          onPart={(show: WallPart) => setSearch(show === 'all' ? {} : { show }, { replace: true })}
        />
      </div>
    </main>
  );
}

function useBroken(failing: boolean) {
  const { connection, lastHeardAt } = useLiveState();
  // Looked at every second.
  const now = useNow();
  const [since, setSince] = useState({ connection, at: now });
  if (since.connection !== connection) setSince({ connection, at: now });
  const heard = lastHeardAt === null ? null : toServerTime(lastHeardAt);
  return brokenBy({ connection, lastHeardAt: heard, since: since.at, failing }, now);
}
