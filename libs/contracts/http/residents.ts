import { z } from 'zod';
import { clockedStepSchema } from '../case.js';
import { instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { localeSchema, textSchema } from '../text.js';
import { attachmentKindSchema } from './attachments.js';

/** On the sheet at a building: 60 random bits, no letters that look alike. */
export const placeCodeSchema = z.string().regex(/^[0-9a-hjkmnp-tv-z]{12}$/, 'is no code of a place');
/**
 * Who has it may follow one case: 128 random bits, made by the page of the resident and known here only by their SHA-256. So a report whose
 * answer got lost can be sent again, and is the same report with the same link.
 */
export const residentTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{21}[AQgw]$/, 'is no token');
/** The header in which the token travels: addresses stand in the logs of proxies. */
export const residentTokenHeader = 'x-case-token';

export const residentLinkKinds = ['report', 'follow'] as const;
export type ResidentLinkKind = (typeof residentLinkKinds)[number];
/** `question` and `answer` are words of staff, the others of a resident. */
export const residentMessageKinds = ['question', 'answer', 'reply', 'solved', 'not-solved'] as const;
export type ResidentMessageKind = (typeof residentMessageKinds)[number];
/** What a resident said of a case that whoever handles it has to know at once; what is `reopened` goes on as another case. */
export const residentSigns = ['replied', 'not-solved', 'reopened', 'rated-badly'] as const;
export type ResidentSign = (typeof residentSigns)[number];
/** A rating of so much or less is bad. */
export const badRating = 2;

/** Where a case stands, in as many steps as matter to who reported it. */
export const residentSteps = ['received', 'in-hand', 'paused', 'checking', 'done', 'ended'] as const;
export const residentStepSchema = z.enum(residentSteps);
export type ResidentStep = z.infer<typeof residentStepSchema>;

export const mostResidentPhotos = 3;
/** How long after its end a case that was not solved may be reopened. */
export const reopenDays = 14;

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !text.includes('\0'), 'must not contain NUL');
const words = line(1000).min(1);

export const publicAnnouncementSchema = z.object({
  id: uuidSchema,
  title: textSchema,
  words: z.object({ 'zh-CN': z.string(), en: z.string() }),
  beginsAt: instantSchema,
});

/** What is known at a place already: no words, no people, nothing of security, alarms or danger to life. */
export const knownCaseSchema = z.object({
  id: uuidSchema,
  category: slugSchema,
  title: textSchema,
  step: residentStepSchema,
  since: instantSchema,
  /** Here, or within 100 metres of here. */
  here: z.boolean(),
});
export type KnownCase = z.infer<typeof knownCaseSchema>;

export const residentPlaceSchema = z.object({
  /** The smallest area first. */
  place: z.array(textSchema),
  reportsOpen: z.boolean(),
  serverTime: instantSchema,
  categories: z.array(z.object({ code: slugSchema, title: textSchema, group: textSchema.nullable() })),
  known: z.array(knownCaseSchema),
  announcements: z.array(publicAnnouncementSchema),
  /** Days after the end of a case for which things are kept. */
  kept: z.object({ phoneDays: z.number().int(), linkDays: z.number().int(), wordsDays: z.number().int() }),
});
export type ResidentPlace = z.infer<typeof residentPlaceSchema>;

export const residentReportSchema = z.object({
  token: residentTokenSchema,
  category: slugSchema,
  placement: line(200).optional(),
  description: words,
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9][0-9 ()-]{4,24}$/, 'is no phone number')
    .optional(),
  locale: localeSchema,
  /** When the form was opened, by the time of the server: people need some seconds to fill it in. */
  openedAt: instantSchema,
  /** A field that people do not see. */
  website: z.string().max(200).default(''),
});
export type ResidentReport = z.infer<typeof residentReportSchema>;
export type ResidentReportInput = z.input<typeof residentReportSchema>;

export const residentFollowSchema = z.object({ token: residentTokenSchema, caseId: uuidSchema, locale: localeSchema });
export type ResidentFollow = z.infer<typeof residentFollowSchema>;

const requestId = z.string().min(8).max(64);
export const residentReplySchema = z.object({ requestId, words });
export type ResidentReply = z.infer<typeof residentReplySchema>;
/** Of what is said to be done. Not solved within `reopenDays` of the end: the case goes on as a new one, and the link with it. */
export const residentVerdictSchema = z.object({ requestId, solved: z.boolean(), words: line(1000).optional() });
export type ResidentVerdict = z.infer<typeof residentVerdictSchema>;
export const residentRatingSchema = z.object({
  score: z.number().int().min(1).max(5),
  words: line(1000).nullable().default(null),
});
export type ResidentRating = z.output<typeof residentRatingSchema>;

export const residentMessageSchema = z.object({
  id: uuidSchema,
  kind: z.enum(residentMessageKinds),
  words: z.string().nullable(),
  at: instantSchema,
});

/** A case as its private link shows it: plain steps, what staff said in public, what this resident said; no names. */
export const residentCaseSchema = z.object({
  number: z.string(),
  title: textSchema,
  place: z.array(textSchema),
  placement: z.string().nullable(),
  /** Of this resident. */
  words: z.string().nullable(),
  kind: z.enum(residentLinkKinds),
  /** The same was known already: it is part of an earlier case. */
  folded: z.boolean(),
  step: residentStepSchema,
  history: z.array(z.object({ step: residentStepSchema, at: instantSchema })),
  /** When the present step is to be over; null: no time is set. */
  expected: z.object({ step: clockedStepSchema, at: instantSchema, late: z.boolean() }).nullable(),
  messages: z.array(residentMessageSchema),
  photos: z.array(z.object({ id: uuidSchema, kind: attachmentKindSchema })),
  /** Photos and voice notes that this resident sent. */
  sent: z.object({ photos: z.number().int(), voices: z.number().int() }),
  may: z.object({ reply: z.boolean(), attach: z.boolean(), judge: z.boolean(), rate: z.boolean() }),
  rating: z.object({ score: z.number().int(), words: z.string().nullable() }).nullable(),
  /** The number of the case that this one goes on from. */
  continues: z.string().nullable(),
  reopenUntil: instantSchema.nullable(),
  phone: z.boolean(),
  /** Null: while the case is open, and so many days after it. */
  phoneUntil: instantSchema.nullable(),
  linkUntil: instantSchema.nullable(),
  kept: residentPlaceSchema.shape.kept,
});
export type ResidentCase = z.infer<typeof residentCaseSchema>;
