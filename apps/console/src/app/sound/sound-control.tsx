import { MutedOutlined, SoundOutlined } from '@ant-design/icons';
import { severities, type Severity } from '@sc/contracts';
import { Button, Popover, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNow, useSiteTime } from '../../lib/site-time.js';
import { useDuration } from '../../lib/use-words.js';
import { muteUntil, unmute, useMute, useSoundWanted, wantSound } from './choice.js';
import { longestLifeSafetyMuteMs, longestMuteMs } from './next-sound.js';
import { player } from './player.js';
import { useAlarmSound, usePlayerState } from './use-alarm-sound.js';

const minute = 60_000;
const halfHour = 30 * minute;
type SoundState = 'on' | 'off' | 'locked' | 'muted' | 'unsupported';
const icons: Record<SoundState, React.ReactNode> = {
  on: <SoundOutlined />,
  off: <MutedOutlined />,
  locked: <MutedOutlined />,
  muted: <MutedOutlined />,
  unsupported: <MutedOutlined />,
};

/** Whether alarms are heard at this machine, said in words; to be tried out, muted with an end, and turned off. */
export function SoundControl() {
  const { t } = useTranslation('control');
  useAlarmSound();
  const state = useSoundState();
  const { format } = useSiteTime();
  const mute = useMute();
  const label =
    state === 'muted' && mute
      ? t('sound.mutedUntil', { time: format(mute.until, 'minute') })
      : t(`sound.state.${state}`);
  return (
    <Popover trigger="click" placement="bottomRight" title={t('sound.title')} content={<SoundPanel state={state} />}>
      <Button
        type={state === 'on' ? 'text' : 'default'}
        className={`sound-button sound-${state}`}
        icon={icons[state]}
        aria-label={`${t('sound.title')}: ${label}`}
      >
        <span className="sound-label">{label}</span>
      </Button>
    </Popover>
  );
}

function useSoundState(): SoundState {
  const wanted = useSoundWanted();
  const playing = usePlayerState();
  const mute = useMute();
  const now = useNow();
  if (!wanted) return 'off';
  if (playing !== 'ready') return playing;
  return mute && now < mute.until ? 'muted' : 'on';
}

function SoundPanel({ state }: { state: SoundState }) {
  const { t } = useTranslation(['control', 'words']);
  const duration = useDuration();
  const turnOn = () => {
    wantSound(true);
    void player.unlock();
  };
  const test = async (severity: Severity) => {
    await player.unlock();
    player.play(severity);
  };
  return (
    <div className="stack sound-panel">
      <span role="status">{t(`sound.about.${state}`)}</span>
      {(state === 'off' || state === 'locked') && (
        <Button type="primary" onClick={turnOn}>
          {t('sound.enable')}
        </Button>
      )}
      {state !== 'unsupported' && (
        <div className="stack-tight">
          <span id="sound-test">{t('sound.test')}</span>
          <div className="row-wrap" role="group" aria-labelledby="sound-test">
            {severities
              .filter((severity) => severity !== 'unknown')
              .map((severity) => (
                <Button key={severity} size="small" onClick={() => void test(severity)}>
                  {t(`words:severity.${severity}`)}
                </Button>
              ))}
          </div>
        </div>
      )}
      {(state === 'on' || state === 'muted') && <MutePart muted={state === 'muted'} />}
      <span className="muted">{t('sound.lifeSafety', { time: duration(longestLifeSafetyMuteMs) })}</span>
      {state !== 'off' && state !== 'unsupported' && (
        <Button size="small" onClick={() => wantSound(false)}>
          {t('sound.turnOff')}
        </Button>
      )}
    </div>
  );
}

function MutePart({ muted }: { muted: boolean }) {
  const { t } = useTranslation('control');
  const { format } = useSiteTime();
  const now = Math.floor(useNow() / minute) * minute;
  const first = Math.ceil((now + minute) / halfHour) * halfHour;
  const marks = Array.from({ length: longestMuteMs / halfHour - 1 }, (_, i) => first + i * halfHour);
  return (
    <div className="stack-tight">
      <span id="sound-mute">{t('sound.mute')}</span>
      <div className="row-wrap" role="group" aria-labelledby="sound-mute">
        <Button size="small" onClick={() => muteUntil(now + 15 * minute)}>
          {t('sound.minutes15')}
        </Button>
        <Button size="small" onClick={() => muteUntil(now + 60 * minute)}>
          {t('sound.hour1')}
        </Button>
        <Select
          size="small"
          aria-label={t('sound.until')}
          placeholder={t('sound.until')}
          value={null}
          style={{ width: 120 }}
          options={marks.map((value) => ({ value, label: t('sound.untilTime', { time: format(value, 'minute') }) }))}
          onChange={(until: number | null) => until && muteUntil(until)}
        />
        {muted && (
          <Button size="small" type="primary" onClick={unmute}>
            {t('sound.unmute')}
          </Button>
        )}
      </div>
    </div>
  );
}
