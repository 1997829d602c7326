import type { MultipartFile } from '@fastify/multipart';
import { type AttachmentFields, attachmentFieldsSchema } from '@sc/contracts';
import { commonRefusals, issueText, ProblemError } from '@sc/platform/http';
import { mostPhotoBytes } from '@sc/platform/files';
import type { FastifyRequest } from 'fastify';
import { refusals } from '../refusals.js';

export interface Upload {
  bytes: Buffer;
  fields: AttachmentFields;
}

/** The one file of a multipart request, whole, and the fields before it. @throws ProblemError `unsupported-media`, `invalid-request` or `too-large` */
export async function uploadOf(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw new ProblemError('unsupported-media', refusals.notMultipart);
  const part = await request.file({ limits: { fileSize: mostPhotoBytes, files: 1 } });
  if (!part)
    throw new ProblemError('invalid-request', refusals.noUpload, [{ path: 'file', message: commonRefusals.isMissing }]);
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
  const errors = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issueText(issue) }));
  // What is left of the file is not read; the connection goes with the answer.
  part.file.resume();
  throw new ProblemError('invalid-request', refusals.wrongField, errors);
}

const tooLarge = () => new ProblemError('too-large', refusals.tooLarge);
