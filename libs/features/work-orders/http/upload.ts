import type { MultipartFile } from '@fastify/multipart';
import { type AttachmentFields, attachmentFieldsSchema } from '@sc/contracts';
import { ProblemError } from '@sc/platform/http';
import { mostPhotoBytes } from '@sc/platform/files';
import type { FastifyRequest } from 'fastify';

export interface Upload {
  bytes: Buffer;
  fields: AttachmentFields;
}

/** The one file of a multipart request, whole, and the fields before it. @throws ProblemError `unsupported-media`, `invalid-request` or `too-large` */
export async function uploadOf(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart())
    throw new ProblemError('unsupported-media', 'send multipart/form-data with a field `file`');
  const part = await request.file({ limits: { fileSize: mostPhotoBytes, files: 1 } });
  if (!part) throw new ProblemError('invalid-request', 'no file was sent', [{ path: 'file', message: 'is missing' }]);
  const fields = fieldsOf(part);
  try {
    const bytes = await part.toBuffer();
    // Depending on where the network cuts the last chunk, the library only marks a file that it has cut off.
    if (part.file.truncated) throw tooLarge();
    return { bytes, fields };
  } catch (error) {
    if ((error as { code?: unknown }).code === 'FST_REQ_FILE_TOO_LARGE') throw tooLarge();
    throw error;
  }
}

function fieldsOf(part: MultipartFile): AttachmentFields {
  const values = Object.entries(part.fields).flatMap(([name, field]) =>
    field && !Array.isArray(field) && field.type === 'field' ? [[name, field.value] as const] : [],
  );
  const result = attachmentFieldsSchema.safeParse(Object.fromEntries(values));
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  // What is left of the file is not read; the connection goes with the answer.
  part.file.resume();
  throw new ProblemError('invalid-request', 'a field beside the file is wrong', errors);
}

const tooLarge = () => new ProblemError('too-large', 'a photo has at most 10 MiB, a voice note 8 MiB');
