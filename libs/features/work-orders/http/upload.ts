import type {} from '@fastify/multipart';
import { ProblemError } from '@sc/platform/http';
import { mostPhotoBytes } from '@sc/platform/files';
import type { FastifyRequest } from 'fastify';

/** The one file of a multipart request, whole. @throws ProblemError `unsupported-media`, `invalid-request` or `too-large` */
export async function uploadOf(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart())
    throw new ProblemError('unsupported-media', 'send multipart/form-data with a field `file`');
  const part = await request.file({ limits: { fileSize: mostPhotoBytes, files: 1 } });
  if (!part) throw new ProblemError('invalid-request', 'no file was sent', [{ path: 'file', message: 'is missing' }]);
  try {
    const bytes = await part.toBuffer();
    // Depending on where the network cuts the last chunk, the library only marks a file that it has cut off.
    if (part.file.truncated) throw tooLarge();
    return bytes;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'FST_REQ_FILE_TOO_LARGE') throw tooLarge();
    throw error;
  }
}

const tooLarge = () => new ProblemError('too-large', 'a photo has at most 10 MiB');
