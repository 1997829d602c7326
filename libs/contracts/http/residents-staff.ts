import { z } from 'zod';
import { areaIdSchema, instantSchema, uuidSchema } from '../ids.js';
import { textSchema } from '../text.js';
import { placeCodeSchema, residentLinkKinds, residentMessageKinds } from './residents.js';

/** The code of an area, as staff see it. */
export const residentPlaceCodeSchema = z.object({
  areaId: areaIdSchema,
  areaName: textSchema,
  code: placeCodeSchema,
  reportsOpen: z.boolean(),
  madeAt: instantSchema,
  /** Reports of the last thirty days. */
  recentReports: z.number().int(),
});
export type ResidentPlaceCode = z.infer<typeof residentPlaceCodeSchema>;

/** Body of `PUT /resident-places/{areaId}`; `renew` makes another code, and sheets with the old one end. */
export const writeResidentPlaceSchema = z.object({ reportsOpen: z.boolean(), renew: z.boolean().default(false) });
export type WriteResidentPlace = z.output<typeof writeResidentPlaceSchema>;

const orderRefSchema = z.object({ id: uuidSchema, number: z.string() });

/** What residents have to do with an order. */
export const orderResidentsSchema = z.object({
  links: z.array(
    z.object({
      id: uuidSchema,
      kind: z.enum(residentLinkKinds),
      words: z.string().nullable(),
      at: instantSchema,
      /** A number was left: ask for it by itself, that is noted. */
      phone: z.boolean(),
      rating: z
        .object({ score: z.number().int(), words: z.string().nullable(), at: instantSchema, unread: z.boolean() })
        .nullable(),
    }),
  ),
  messages: z.array(
    z.object({
      id: uuidSchema,
      kind: z.enum(residentMessageKinds),
      words: z.string().nullable(),
      at: instantSchema,
      /** Of the staff; null: a resident. */
      by: z.string().nullable(),
      linkId: uuidSchema.nullable(),
      /** Of a resident, and the asking person has not had it on the screen. */
      unread: z.boolean(),
    }),
  ),
  publicPhotos: z.array(uuidSchema),
  /** The case that this one goes on from, and the one that goes on from this. */
  continues: orderRefSchema.nullable(),
  continuedBy: orderRefSchema.nullable(),
  phoneDays: z.number().int(),
});
export type OrderResidents = z.infer<typeof orderResidentsSchema>;

const words = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .refine((text) => !text.includes('\0'), 'must not contain NUL');

export const tellResidentsSchema = z.object({
  requestId: z.string().min(8).max(64),
  kind: z.enum(['question', 'answer']),
  words,
});
export type TellResidents = z.infer<typeof tellResidentsSchema>;

/** The newest of what residents said that the person had on the screen. */
export const seenResidentsSchema = z.object({ until: instantSchema });
export type SeenResidents = z.infer<typeof seenResidentsSchema>;

export const residentPhoneSchema = z.object({ phone: z.string() });
export type ResidentPhone = z.infer<typeof residentPhoneSchema>;

export const publishPhotoSchema = z.object({ public: z.boolean() });
export type PublishPhoto = z.infer<typeof publishPhotoSchema>;

const longText = z.object({ 'zh-CN': words, en: words });
const span = { beginsAt: instantSchema, endsAt: instantSchema };
const inOrder = ({ beginsAt, endsAt }: { beginsAt: string; endsAt: string }) => beginsAt < endsAt;

export const writeAnnouncementSchema = z
  .object({ areaId: areaIdSchema, title: textSchema, words: longText, ...span })
  .refine(inOrder, { path: ['endsAt'], message: 'ends before it begins' });
export type WriteAnnouncement = z.infer<typeof writeAnnouncementSchema>;

export const announcementSchema = z.object({
  id: uuidSchema,
  areaId: areaIdSchema,
  areaName: textSchema,
  title: textSchema,
  words: longText,
  ...span,
  state: z.enum(['planned', 'shown', 'over']),
  madeBy: z.string(),
  madeAt: instantSchema,
});
export type Announcement = z.infer<typeof announcementSchema>;
