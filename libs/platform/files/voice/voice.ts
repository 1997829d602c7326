import { isoVoice } from './iso-voice.js';
import { oggVoice } from './ogg-voice.js';
import { webmVoice } from './webm-voice.js';

/** Five minutes of speech as phones record it take 2 to 5 MB. */
export const mostVoiceBytes = 8 * 1024 * 1024;
export const mostVoiceMs = 300_000;

export interface Voice {
  mediaType: 'audio/webm' | 'audio/ogg' | 'audio/mp4';
  /** Without titles, places, encoders' remarks and pictures. */
  bytes: Buffer;
  durationMs: number;
}
export type VoiceRefusal = 'too-large' | 'too-long' | 'unsupported-media';

/** What a parser of one container gives: `undefined` when it is not a whole file of one voice track. */
export type Parsed = { bytes: Buffer; durationMs: number } | undefined;

const kinds = [
  { mediaType: 'audio/webm', starts: (b: Buffer) => b.readUInt32BE(0) === 0x1a45dfa3, parse: webmVoice },
  { mediaType: 'audio/ogg', starts: (b: Buffer) => b.toString('latin1', 0, 4) === 'OggS', parse: oggVoice },
  { mediaType: 'audio/mp4', starts: (b: Buffer) => b.toString('latin1', 4, 8) === 'ftyp', parse: isoVoice },
] as const;

export const looksLikeVoice = (bytes: Buffer): boolean =>
  bytes.byteLength >= 8 && kinds.some(({ starts }) => starts(bytes));

/** Makes a voice note fit to be kept: what MediaRecorder of a phone makes, and nothing with a picture in it. */
export function prepareVoice(bytes: Buffer): Voice | VoiceRefusal {
  if (bytes.byteLength > mostVoiceBytes) return 'too-large';
  const kind = bytes.byteLength >= 8 ? kinds.find(({ starts }) => starts(bytes)) : undefined;
  const parsed = kind && parseSafely(kind.parse, bytes);
  if (!kind || !parsed) return 'unsupported-media';
  if (parsed.durationMs > mostVoiceMs) return 'too-long';
  return { mediaType: kind.mediaType, ...parsed };
}

/** Lengths that point outside of the file: whoever made it, it is no voice note. */
function parseSafely(parse: (bytes: Buffer) => Parsed, bytes: Buffer): Parsed {
  try {
    return parse(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
