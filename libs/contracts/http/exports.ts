import { z } from 'zod';
import { areaIdSchema, deviceIdSchema, instantSchema, uuidSchema } from '../ids.js';
import { metricNameSchema } from '../payloads.js';

export const exportFormats = ['csv', 'parquet'] as const;
export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** Readings with from ≤ ts < to, of devices or of everything in an area and below. */
export const createExportSchema = z
  .object({
    deviceIds: z.array(deviceIdSchema).min(1).max(200).optional(),
    areaId: areaIdSchema.optional(),
    /** Left out: all of them. */
    metrics: z.array(metricNameSchema).min(1).max(50).optional(),
    from: instantSchema,
    to: instantSchema,
    format: exportFormatSchema,
  })
  .refine(({ deviceIds, areaId }) => (deviceIds === undefined) !== (areaId === undefined), {
    path: ['deviceIds'],
    message: 'give either deviceIds or areaId',
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'must be after from' });
export type CreateExport = z.infer<typeof createExportSchema>;

export const exportStates = ['waiting', 'running', 'done', 'failed'] as const;
/** Why an export ended without a file. */
export const exportErrors = [
  'too-many-rows',
  'too-large',
  'too-slow',
  'disk-full',
  'store-unavailable',
  'rights-lost',
  'interrupted',
  'failed',
] as const;

export const exportSchema = z.object({
  id: uuidSchema,
  format: exportFormatSchema,
  state: z.enum(exportStates),
  /** 0 to 1, by time: how far in the range it has come. */
  progress: z.number().min(0).max(1),
  rows: z.number().int(),
  bytes: z.number().int(),
  error: z.enum(exportErrors).nullable(),
  areaId: areaIdSchema.nullable(),
  /** How many devices, and the first ten of them. */
  devices: z.number().int(),
  deviceIds: z.array(deviceIdSchema).max(10),
  metrics: z.array(z.string()).nullable(),
  from: instantSchema,
  to: instantSchema,
  /** Of the file when it is there. */
  fileName: z.string(),
  createdAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  /** Then it is removed, file and all. */
  expiresAt: instantSchema.nullable(),
});
export type Export = z.infer<typeof exportSchema>;
