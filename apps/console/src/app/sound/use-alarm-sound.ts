import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';
import { openAlarmsQuery } from '../../api/queries.js';
import { serverNow } from '../../lib/site-time.js';
import { claimSound, useMute, useSoundWanted } from './choice.js';
import { nextSound, type SoundMemory } from './next-sound.js';
import { player, type PlayerState } from './player.js';

const lookAgainMs = 1_000;

/** Lets the open alarms be heard for as long as the page is open. Once per page. */
export function useAlarmSound(): void {
  const alarms = useQuery(openAlarmsQuery).data?.items;
  const wanted = useSoundWanted();
  const mute = useMute();
  const ready = usePlayerState() === 'ready';
  const memory = useRef<SoundMemory>(undefined);
  const look = useEffectEvent(() => {
    if (!alarms || !wanted || !ready) return;
    const now = serverNow();
    const next = nextSound(alarms, memory.current, mute, now);
    memory.current = next.memory;
    if (next.severity && claimSound(now)) player.play(next.severity);
  });

  useEffect(() => {
    const timer = setInterval(() => look(), lookAgainMs);
    return () => clearInterval(timer);
  }, []);
  // Timers of a page in the background may sleep for a minute; what the stream brings wakes it.
  useEffect(() => look(), [alarms]);

  // The first click in the page is enough: nobody has to find the button. Not when it is pressed: what is told of the sound
  // changes its width, and must not slip away from under the click.
  useEffect(() => {
    if (!wanted || ready) return;
    const unlock = () => void player.unlock();
    document.addEventListener('click', unlock);
    document.addEventListener('keydown', unlock);
    return () => {
      document.removeEventListener('click', unlock);
      document.removeEventListener('keydown', unlock);
    };
  }, [wanted, ready]);
}

export const usePlayerState = (): PlayerState => useSyncExternalStore(player.subscribe, player.state);
