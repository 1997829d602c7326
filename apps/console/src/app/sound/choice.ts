import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { serverNow } from '../../lib/site-time.js';
import { longestMuteMs, type Mute } from './next-sound.js';

/** Kept on this machine and shared by its windows: one control room, one mute. */
const onKey = 'sc.sound';
const muteKey = 'sc.sound.mute';
const playedKey = 'sc.sound.played';
const muteSchema = z.object({ at: z.number(), until: z.number() });

const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
};

/** Wanted unless somebody turned it off here: a control room that is silent by default hears nothing. */
export const useSoundWanted = (): boolean =>
  useSyncExternalStore(subscribe, () => localStorage.getItem(onKey) !== 'off');
export function wantSound(on: boolean): void {
  localStorage.setItem(onKey, on ? 'on' : 'off');
  tell();
}

/** The mute as it stands, also one that is over by now. */
export function useMute(): Mute | undefined {
  const stored = useSyncExternalStore(subscribe, () => localStorage.getItem(muteKey));
  try {
    return muteSchema.parse(JSON.parse(stored ?? ''));
  } catch {
    return undefined;
  }
}
export function muteUntil(until: number): void {
  const at = serverNow();
  localStorage.setItem(muteKey, JSON.stringify({ at, until: Math.min(until, at + longestMuteMs) }));
  tell();
}
export function unmute(): void {
  localStorage.removeItem(muteKey);
  tell();
}

/** Two windows with the same alarms are one sound. @returns whether this window is the one that plays */
export function claimSound(now: number): boolean {
  const last = Number(localStorage.getItem(playedKey));
  if (last && Math.abs(now - last) < 1500) return false;
  localStorage.setItem(playedKey, String(now));
  return true;
}
