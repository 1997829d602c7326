import { z } from 'zod';
import { instantSchema, slugSchema } from '../ids.js';
import { ruleSchema } from '../rule.js';

/** Why a rule was stopped, or is only reported: life safety goes on, however loud it is. */
export const ruleTroubleReasons = ['throws', 'floods', 'costs'] as const;
export const ruleTroubleSchema = z.object({
  reason: z.enum(ruleTroubleReasons),
  /** It judges nothing until a person starts it again or changes it; its alarms stay as they are. */
  stopped: z.boolean(),
  at: instantSchema,
  /** Of the rule. */
  version: z.number().int(),
  /** How often within a minute it threw or told something; how many microseconds one input took. */
  amount: z.number(),
  detail: z.string().max(500),
});
export type RuleTrouble = z.infer<typeof ruleTroubleSchema>;

/** A rule as people see it: with how it is and where it comes from. */
export const ruleViewSchema = ruleSchema.extend({
  status: z.object({
    state: z.enum(['on', 'off', 'stopped']),
    trouble: ruleTroubleSchema.nullable(),
    /** `default`: as the program brings it; `changed`: a default that a person changed; `own`: made by people. */
    origin: z.enum(['default', 'changed', 'own']),
    /** Version of a newer default that waits for a person to take it, because one changed the rule. */
    newerDefault: z.number().int().nullable(),
    /** Only administrators change it. */
    lifeSafety: z.boolean(),
    /** Alarms of it that stand where the person may look. */
    openAlarms: z.number().int(),
    updatedAt: instantSchema,
  }),
});
export type RuleView = z.infer<typeof ruleViewSchema>;

/** One rule, and what the program brings where the rule is not just that. */
export const ruleDetailSchema = ruleViewSchema.extend({ default: ruleSchema.nullable() });
export type RuleDetail = z.infer<typeof ruleDetailSchema>;

export const ruleVersionSchema = z.object({
  version: z.number().int(),
  /** As it was then: a schema that has moved on since may refuse it. */
  definition: z.record(z.string(), z.unknown()),
  changedBy: z.object({
    kind: z.enum(['person', 'device', 'system']),
    id: z.string(),
    name: z.string().nullable(),
  }),
  at: instantSchema,
  note: z.string().nullable(),
});
export type RuleVersion = z.infer<typeof ruleVersionSchema>;

const note = z.string().trim().max(1000).optional();
/** The version that the person looked at: when another is in force by now, nothing is changed. */
const basedOn = z.number().int().positive();
/** A rule without its version, which the platform counts. Checked by `checkRule`, so that every mistake is told with its remedy. */
export const ruleDraftSchema = ruleSchema.omit({ version: true });
export type RuleDraft = z.infer<typeof ruleDraftSchema>;
const draft = z.record(z.string(), z.unknown());

export const createRuleSchema = z.object({
  rule: draft,
  /** The rule that it was made of. */
  copyOf: slugSchema.optional(),
  note,
});
export type CreateRule = z.infer<typeof createRuleSchema>;
export const updateRuleSchema = z.object({ rule: draft, basedOn, note });
export type UpdateRule = z.infer<typeof updateRuleSchema>;
/** `enabled: true` also starts a rule again that was stopped. */
export const switchRuleSchema = z.object({ enabled: z.boolean(), note });
export type SwitchRule = z.infer<typeof switchRuleSchema>;
/** Back to an earlier version, or to the program's own. Whether it is on stays as it is. */
export const restoreRuleSchema = z.object({ version: z.union([basedOn, z.literal('default')]), basedOn, note });
export type RestoreRule = z.infer<typeof restoreRuleSchema>;
