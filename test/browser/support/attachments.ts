import { type Attachment, attachmentSchema } from '@sc/contracts';

export const aPhoto = (over: Partial<Attachment> & Pick<Attachment, 'id'>): Attachment =>
  attachmentSchema.parse({
    kind: 'other',
    mediaType: 'image/jpeg',
    bytes: 1,
    sha256: 'ab'.repeat(32),
    uploadedAt: new Date().toISOString(),
    uploadedBy: '陈志强',
    takenAt: null,
    position: null,
    width: 4000,
    height: 3000,
    durationMs: null,
    expiredAt: null,
    ...over,
  } satisfies Attachment);
