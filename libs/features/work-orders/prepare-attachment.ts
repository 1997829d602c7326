import type { AttachmentFields, AttachmentKind, ProblemCode, Text } from '@sc/contracts';
import { looksLikeVoice, type PhotoRefusal, preparePhoto, prepareVoice, type VoiceRefusal } from '@sc/platform/files';
import { refusals } from './refusals.js';

/** What is kept of an upload: recognised by its content, without metadata. */
export interface Prepared {
  kind: AttachmentKind;
  mediaType: string;
  bytes: Buffer;
  width?: number;
  height?: number;
  durationMs?: number;
}
export type Unfit = { ok: false; code: ProblemCode; reason: Text };

export async function prepareAttachment(
  upload: Buffer,
  { kind = 'other' }: AttachmentFields,
): Promise<Prepared | Unfit> {
  if (looksLikeVoice(upload)) {
    const voice = prepareVoice(upload);
    return typeof voice === 'string' ? unfit(voice) : { kind: 'voice', ...voice };
  }
  const photo = await preparePhoto(upload);
  // Only the content can say that something is a voice note.
  return typeof photo === 'string' ? unfit(photo) : { kind: kind === 'voice' ? 'other' : kind, ...photo };
}

const unfitFor: Record<PhotoRefusal | VoiceRefusal, Omit<Unfit, 'ok'>> = {
  'too-large': { code: 'too-large', reason: refusals.sendSmaller },
  'too-many-pixels': { code: 'too-large', reason: refusals.tooManyPixels },
  'too-long': { code: 'too-large', reason: refusals.tooLong },
  'unsupported-media': { code: 'unsupported-media', reason: refusals.unknownFormat },
};
const unfit = (refusal: PhotoRefusal | VoiceRefusal): Unfit => ({ ok: false, ...unfitFor[refusal] });
