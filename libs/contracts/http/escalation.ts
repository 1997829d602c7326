import { z } from 'zod';
import { areaIdSchema, instantSchema, uuidSchema } from '../ids.js';
import { type Severity, severities, severitySchema } from '../severity.js';
import { textSchema } from '../text.js';

/** Who a step of a chain asks. The first ones are officers on shift. */
export const chainAudiences = [
  'team',
  'grid-officers',
  'community-officers',
  'everyone-on-shift',
  'person',
  'operators',
  'managers',
] as const;
export const chainAudienceSchema = z.enum(chainAudiences);
export type ChainAudience = z.infer<typeof chainAudienceSchema>;

/** Asked one after the other, `everyone-on-shift` all at once; the managers at the end are reminded until somebody accepts. */
export const chainStepSchema = z.object({
  who: chainAudienceSchema,
  /** Of a step that asks one `person`. */
  personId: uuidSchema.nullable().default(null),
  /** From one attempt to the next; `null`: as long as the kind of work gives for accepting. */
  waitMinutes: z.number().int().min(1).max(1440).nullable(),
  /** Attempts before the chain goes on; `null`: until everybody of this step was asked once. */
  times: z.number().int().min(1).max(20).nullable(),
});
export type ChainStep = z.infer<typeof chainStepSchema>;
export const chainStepsSchema = z.array(chainStepSchema).min(1).max(8);

/** One mistake in a chain: where, what, and by the code the remedy. The console has words for each code. */
export const chainIssueCodes = [
  'ends-without-managers',
  'after-managers',
  'asked-twice',
  'person-missing',
  'person-not-asked',
  'waits-too-long',
] as const;
export interface ChainIssue {
  path: string;
  code: (typeof chainIssueCodes)[number];
  params: Record<string, number>;
}

/** Longest wait of one step: where there is danger nobody may sit on an order. */
export const longestWaitMinutes: Readonly<Record<Severity, number>> = {
  extreme: 15,
  severe: 30,
  moderate: 1440,
  minor: 1440,
  unknown: 1440,
};

/** What would leave an order alone or cannot be meant. Pure; the console asks the same before it sends. */
export function chainIssues(severity: Severity, steps: readonly ChainStep[]): ChainIssue[] {
  const last = steps.length - 1;
  const found: ChainIssue[] = [];
  const issue = (path: string, code: ChainIssue['code'], params: ChainIssue['params'] = {}) =>
    found.push({ path, code, params });
  const asked = new Set<string>();
  for (const [index, { who, personId, waitMinutes }] of steps.entries()) {
    const longest = longestWaitMinutes[severity];
    if (waitMinutes !== null && waitMinutes > longest)
      issue(`steps.${index}.waitMinutes`, 'waits-too-long', { minutes: longest });
    if (who === 'person' && !personId) issue(`steps.${index}.personId`, 'person-missing');
    if (who !== 'person' && personId) issue(`steps.${index}.personId`, 'person-not-asked');
    const key = `${who} ${personId ?? ''}`;
    if (asked.has(key)) issue(`steps.${index}.who`, 'asked-twice');
    asked.add(key);
    if (who === 'managers' && index < last) issue(`steps.${index + 1}.who`, 'after-managers');
  }
  if (steps[last]?.who !== 'managers') issue(`steps.${Math.max(0, last)}.who`, 'ends-without-managers');
  return found;
}

export const chainOrigins = ['default', 'inherited', 'own'] as const;

/** What holds for one severity at a place, and where it was laid down. */
export const escalationChainSchema = z.object({
  severity: severitySchema,
  steps: z.array(chainStepSchema.extend({ personName: z.string().nullable() })),
  origin: z.enum(chainOrigins),
  /** The place whose chain this is; `null` for a default. */
  areaId: areaIdSchema.nullable(),
  areaName: textSchema.nullable(),
  updatedAt: instantSchema.nullable(),
  updatedBy: z.string().nullable(),
});
export type EscalationChain = z.infer<typeof escalationChainSchema>;
export const escalationChainsSchema = z.object({ items: z.array(escalationChainSchema).length(severities.length) });

export const escalationQuerySchema = z.object({ areaId: areaIdSchema });
export type EscalationQuery = z.infer<typeof escalationQuerySchema>;

export const setEscalationChainSchema = z.object({ steps: chainStepsSchema });
export type SetEscalationChain = z.infer<typeof setEscalationChainSchema>;
