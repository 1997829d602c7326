import type { AttachmentFields, AttachmentKind, ProblemCode } from '@sc/contracts';
import { looksLikeVoice, type PhotoRefusal, preparePhoto, prepareVoice, type VoiceRefusal } from '@sc/platform/files';

/** What is kept of an upload: recognised by its content, without metadata. */
export interface Prepared {
  kind: AttachmentKind;
  mediaType: string;
  bytes: Buffer;
  width?: number;
  height?: number;
  durationMs?: number;
}
export type Unfit = { ok: false; code: ProblemCode; message: string };

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

const refusals: Record<PhotoRefusal | VoiceRefusal, Omit<Unfit, 'ok'>> = {
  'too-large': { code: 'too-large', message: 'a photo has at most 10 MiB, a voice note 8 MiB: send a smaller one' },
  'too-many-pixels': { code: 'too-large', message: 'a photo has at most 64 megapixels: choose a lower resolution' },
  'too-long': { code: 'too-large', message: 'a voice note lasts at most 5 minutes: send two' },
  'unsupported-media': {
    code: 'unsupported-media',
    message:
      'a photo is JPEG, PNG or WebP (iPhone: Settings, Camera, Formats, Most Compatible), a voice note WebM or Ogg with Opus, or MP4 with AAC',
  },
};
const unfit = (refusal: PhotoRefusal | VoiceRefusal): Unfit => ({ ok: false, ...refusals[refusal] });
