import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCallback, useSyncExternalStore } from 'react';
import { siteQuery } from '../api/session.js';

/** How far this machine's clock is behind the platform's; ages are counted by the platform's clock. */
let offsetMs = 0;
export const learnServerTime = (serverTime: string): void => {
  offsetMs = Date.parse(serverTime) - Date.now();
};
/** A moment of this machine's clock on the platform's. */
export const toServerTime = (localMs: number): number => localMs + offsetMs;
export const serverNow = (): number => toServerTime(Date.now());

const listeners = new Set<() => void>();
let second = Math.floor(serverNow() / 1000);
let timer: ReturnType<typeof setInterval> | undefined;

const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) document.addEventListener('visibilitychange', run);
  listeners.add(listener);
  run();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) document.removeEventListener('visibilitychange', run);
    run();
  };
};

/** Not while nobody looks: a phone in a pocket need not wake up for it. */
function run(): void {
  const isWanted = listeners.size > 0 && !document.hidden;
  if (isWanted === (timer !== undefined)) return;
  clearInterval(timer);
  timer = isWanted ? setInterval(tick, 1000) : undefined;
  if (isWanted) tick();
}

function tick(): void {
  second = Math.floor(serverNow() / 1000);
  for (const each of listeners) each();
}

/**
 * The present second, epoch ms; one timer for the whole page.
 * @param everySeconds what is told in minutes need not be drawn at every second
 */
export const useNow = (everySeconds = 1): number =>
  useSyncExternalStore(subscribe, () => Math.floor(second / everySeconds) * everySeconds) * 1000;

type Style = 'time' | 'minute' | 'full' | 'day';
const options: Record<Style, Intl.DateTimeFormatOptions> = {
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { month: '2-digit', day: '2-digit' },
  full: {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
};
const formats = new Map<string, Intl.DateTimeFormat>();

/** A time on the wall of the site, wherever the reader sits. */
export function siteTime(at: string | number, timeZone: string, locale: string, style: Style = 'full'): string {
  const key = `${locale} ${timeZone} ${style}`;
  let format = formats.get(key);
  if (!format) {
    // British order and 24 h: day before month, no am/pm in a control room.
    format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...options[style], timeZone });
    formats.set(key, format);
  }
  return format.format(new Date(at));
}

export function useSiteTime(): { timeZone: string; format: (at: string | number, style?: Style) => string } {
  const { i18n } = useTranslation();
  const timeZone = useQuery(siteQuery).data?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const format = useCallback(
    (at: string | number, style?: Style) => siteTime(at, timeZone, i18n.language, style),
    [timeZone, i18n.language],
  );
  return { timeZone, format };
}
