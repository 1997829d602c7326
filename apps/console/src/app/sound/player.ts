import type { Severity } from '@sc/contracts';
import { tones } from './tones.js';

/** `locked`: the browser plays nothing until somebody touches the page. `unsupported`: it cannot play at all. */
export type PlayerState = 'unsupported' | 'locked' | 'ready';

/** Plays tones by WebAudio: nothing to load, so a tone is there when the network is not. */
export class TonePlayer {
  private context: AudioContext | undefined;
  private readonly listeners = new Set<() => void>();

  readonly state = (): PlayerState => {
    if (typeof AudioContext === 'undefined') return 'unsupported';
    return this.context?.state === 'running' ? 'ready' : 'locked';
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Call it from a touch or a key: elsewhere the browser refuses, and the state stays `locked`. */
  async unlock(): Promise<void> {
    if (typeof AudioContext === 'undefined') return;
    if (!this.context) {
      this.context = new AudioContext();
      // A machine that slept, or lost its loudspeaker, comes back locked.
      this.context.addEventListener('statechange', () => this.tell());
    }
    await this.context.resume().catch(() => undefined);
    this.tell();
  }

  play(severity: Severity): void {
    const { context } = this;
    if (context?.state !== 'running') return;
    let at = context.currentTime + 0.02;
    for (const { hz, ms, restMs } of tones[severity].beeps) {
      beep(context, hz, at, ms / 1000);
      at += (ms + restMs) / 1000;
    }
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** With soft edges: a hard one clicks, and loudspeakers tell it badly. */
function beep(context: AudioContext, hz: number, at: number, seconds: number): void {
  const edge = 0.012;
  const volume = context.createGain();
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.35, at + edge);
  volume.gain.setValueAtTime(0.35, at + seconds - edge);
  volume.gain.linearRampToValueAtTime(0, at + seconds);
  volume.connect(context.destination);
  const tone = context.createOscillator();
  tone.type = 'triangle';
  tone.frequency.value = hz;
  tone.connect(volume);
  tone.start(at);
  tone.stop(at + seconds);
  tone.addEventListener('ended', () => volume.disconnect());
}

/** One for the page: browsers allow few of them. */
export const player = new TonePlayer();
