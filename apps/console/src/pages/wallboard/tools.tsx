import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { LocaleSwitch } from '../../app/locale-switch.js';
import { useSoundWanted } from '../../app/sound/choice.js';
import { usePlayerState } from '../../app/sound/use-alarm-sound.js';
import { setTheme, useTheme } from '../../app/theme.js';
import { useWakeLock } from './use-wake-lock.js';

export const wallParts = ['all', 'alarms', 'orders'] as const;
export type WallPart = (typeof wallParts)[number];

/** For whoever stands before it: which part this screen shows, full screen, day or night. They step back when nobody does. */
export function WallTools({ part, onPart }: { part: WallPart; onPart: (part: WallPart) => void }) {
  const { t } = useTranslation(['wall', 'app']);
  const theme = useTheme();
  const next = theme === 'dark' ? 'light' : 'dark';
  const awake = useWakeLock();
  const wanted = useSoundWanted();
  const sound = usePlayerState();
  const navigate = useNavigate();
  useKeys({ onPart, onTheme: () => setTheme(next), onLeave: () => void navigate('/') });
  return (
    <div className="wall-tools" role="toolbar" aria-label={t('tools')}>
      {!awake && <span className="wall-note">{t('awake')}</span>}
      {(!wanted || sound !== 'ready') && <span className="wall-note">{t(wanted ? 'soundLocked' : 'soundOff')}</span>}
      {wallParts.map((one) => (
        <button key={one} type="button" aria-pressed={one === part} onClick={() => onPart(one)}>
          {t(`parts.${one}`)}
        </button>
      ))}
      {document.fullscreenEnabled && (
        <button type="button" title={t('keys')} onClick={toggleFullScreen}>
          {t('full')}
        </button>
      )}
      <button type="button" title={t('keys')} onClick={() => setTheme(next)}>
        {t(`app:theme.${next}`)}
      </button>
      <LocaleSwitch />
      <button type="button" title={t('keys')} onClick={() => void navigate('/')}>
        {t('leave')}
      </button>
    </div>
  );
}

function toggleFullScreen(): void {
  // A browser that refuses leaves the board as it is.
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  done.catch(() => undefined);
}

interface Keys {
  onPart: (part: WallPart) => void;
  onTheme: () => void;
  onLeave: () => void;
}

function useKeys({ onPart, onTheme, onLeave }: Keys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const part = wallParts[Number(event.key) - 1];
    if (part) onPart(part);
    else if (event.key === 'f') toggleFullScreen();
    else if (event.key === 'd') onTheme();
    // In full screen the browser takes it for itself.
    else if (event.key === 'Escape' && !document.fullscreenElement) onLeave();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
