import type { Alarm } from '@sc/contracts';
import { longestLifeSafetyMuteMs, nextSound, type SoundMemory } from './next-sound.js';

const at = (ms: number) => new Date(ms).toISOString();
const alarm = (id: string, severity: Alarm['severity'], over: Partial<Alarm> = {}): Alarm =>
  ({ id, severity, state: 'unacknowledged', occurrences: 1, raisedAt: at(0), ...over }) as Alarm;
const nothing: SoundMemory = { known: new Set(), playedAt: {} };

/** What is heard when one looks at these moments, one after the other. */
function listen(looks: [now: number, alarms: Alarm[]][], mute?: { at: number; until: number }, first?: SoundMemory) {
  let memory = first;
  return looks.map(([now, alarms]) => {
    const next = nextSound(alarms, memory, mute, now);
    memory = next.memory;
    return next.severity;
  });
}

describe('what the control room hears', () => {
  it('is a new alarm once, where its tone does not repeat', () => {
    const alarms = [alarm('a', 'moderate')];
    expect(
      listen([
        [0, []],
        [1000, alarms],
        [2000, alarms],
        [999_000, alarms],
      ]),
    ).toEqual([undefined, 'moderate', undefined, undefined]);
  });

  it('is danger to life again and again, until somebody acknowledges it', () => {
    const fire = [alarm('a', 'extreme')];
    const seen = [alarm('a', 'extreme', { state: 'acknowledged' })];
    expect(
      listen([
        [0, fire],
        [7000, fire],
        [8000, fire],
        [16_000, seen],
      ]),
    ).toEqual(['extreme', undefined, 'extreme', undefined]);
  });

  it('is danger to life that is over, as long as nobody has seen it', () => {
    const over = { state: 'returned-unacknowledged' } as const;
    expect(nextSound([alarm('a', 'extreme', over)], nothing, undefined, 0).severity).toBe('extreme');
    expect(nextSound([alarm('a', 'severe', over)], nothing, undefined, 0).severity).toBeUndefined();
  });

  it('is the gravest of many, once', () => {
    const flood = [
      alarm('a', 'minor'),
      alarm('b', 'severe'),
      ...Array.from({ length: 50 }, (_, i) => alarm(`m${i}`, 'moderate')),
    ];
    expect(
      listen(
        [
          [0, flood],
          [1000, flood],
        ],
        undefined,
        nothing,
      ),
    ).toEqual(['severe', undefined]);
  });

  it('is an alarm that begins again, or has to be seen again', () => {
    const first = [alarm('a', 'moderate')];
    const seen = [alarm('a', 'moderate', { state: 'acknowledged' })];
    expect(
      listen(
        [
          [0, first],
          [1, seen],
          [2, first],
          [3, [alarm('a', 'moderate', { occurrences: 2 })]],
        ],
        undefined,
        nothing,
      ),
    ).toEqual(['moderate', undefined, 'moderate', 'moderate']);
  });

  it('is not what waited already when the page was opened, but for what repeats', () => {
    expect(nextSound([alarm('a', 'moderate')], undefined, undefined, 0).severity).toBeUndefined();
    expect(nextSound([alarm('a', 'severe')], undefined, undefined, 0).severity).toBe('severe');
  });
});

describe('a mute', () => {
  const mute = { at: 1000, until: 3_600_000 };

  it('ends: what still waits then is heard', () => {
    const alarms = [alarm('a', 'severe')];
    expect(
      listen(
        [
          [2000, alarms],
          [mute.until - 1, alarms],
          [mute.until, alarms],
        ],
        mute,
      ),
    ).toEqual([undefined, undefined, 'severe']);
  });

  it('never hides danger to life for longer than its limit', () => {
    const fire = [alarm('a', 'extreme')];
    const limit = mute.at + longestLifeSafetyMuteMs;
    expect(
      listen(
        [
          [2000, fire],
          [limit - 1, fire],
          [limit, fire],
        ],
        mute,
      ),
    ).toEqual([undefined, undefined, 'extreme']);
  });

  it('never hides danger to life that came after it', () => {
    expect(
      listen(
        [
          [2000, []],
          [3000, [alarm('a', 'extreme', { raisedAt: at(2500) })]],
        ],
        mute,
      ),
    ).toEqual([undefined, 'extreme']);
  });

  it('leaves out what sounds once: it is on the screen when the mute is over', () => {
    const alarms = [alarm('a', 'moderate')];
    expect(
      listen(
        [
          [2000, alarms],
          [mute.until, alarms],
        ],
        mute,
        nothing,
      ),
    ).toEqual([undefined, undefined]);
  });
});
