import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { looksLikeVoice, mostVoiceBytes, prepareVoice, type Voice } from './voice.js';

/** Made by ffmpeg with title, place and remark, by Chromium's MediaRecorder, and two films. */
const sample = (name: string) => readFileSync(new URL(`samples/${name}`, import.meta.url));
const prepared = (bytes: Buffer): Voice => {
  const voice = prepareVoice(bytes);
  if (typeof voice === 'string') throw new Error(voice);
  return voice;
};

const notes = [
  ['ffmpeg.webm', 'audio/webm'],
  ['chrome.webm', 'audio/webm'],
  ['ffmpeg.ogg', 'audio/ogg'],
  ['whole.m4a', 'audio/mp4'],
  ['fragments.mp4', 'audio/mp4'],
  ['chrome-opus.mp4', 'audio/mp4'],
] as const;

describe.each(notes)('a voice note as %s', (name, mediaType) => {
  it('is known by its content, and how long it lasts', () => {
    const voice = prepared(sample(name));
    expect(voice.mediaType).toBe(mediaType);
    expect(voice.durationMs).toBeGreaterThan(1_200);
    expect(voice.durationMs).toBeLessThan(1_800);
  });

  it('says nothing but its sound, and is the same when it is sent again', () => {
    const { bytes, durationMs } = prepared(sample(name));
    for (const told of ['SECRET', 'Lavf', 'Chrome', '+31.2'])
      expect({ told, found: bytes.includes(told) }).toEqual({ told, found: false });
    expect(prepared(bytes)).toMatchObject({ bytes, durationMs });
  });

  it('cut off is refused or shorter, and never breaks us', () => {
    const whole = sample(name);
    for (let length = 0; length < whole.length; length += 7) {
      const voice = prepareVoice(whole.subarray(0, length));
      expect(typeof voice === 'string' || voice.durationMs <= 1_800).toBe(true);
    }
  });

  it('changed in any place never breaks us', () => {
    const whole = sample(name);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        const voice = prepareVoice(bytes);
        expect(typeof voice === 'string' || voice.bytes.length <= 2 * bytes.length + 200).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('an upload that is no voice note', () => {
  it.each(['film.webm', 'film.mp4'])('%s has pictures in it', (name) => {
    expect(looksLikeVoice(sample(name))).toBe(true);
    expect(prepareVoice(sample(name))).toBe('unsupported-media');
  });

  it('is refused when it is too large or something else', () => {
    expect(prepareVoice(Buffer.concat([sample('chrome.webm'), Buffer.alloc(mostVoiceBytes)]))).toBe('too-large');
    for (const text of ['', 'OggS', 'ID3 a song', '<html>', '\x1a\x45\xdf\xa3']) {
      const bytes = Buffer.from(text, 'latin1');
      expect(prepareVoice(bytes)).toBe('unsupported-media');
    }
  });

  it('is refused when it lasts too long, whatever its head says', () => {
    const long = Buffer.from(sample('ffmpeg.ogg'));
    const last = long.lastIndexOf('OggS');
    long.writeBigInt64LE(48_000n * 301n, last + 6);
    expect(prepareVoice(long)).toBe('too-long');
  });
});
