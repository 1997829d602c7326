import { z } from 'zod';
import { areaIdSchema, slugSchema, uuidSchema } from '../ids.js';
import { textSchema } from '../text.js';

/** Something that a person can do and a kind of work can ask for: `electrician`, `lift`. */
export const skillSchema = z.object({ slug: slugSchema, title: textSchema });
export type Skill = z.infer<typeof skillSchema>;
export const updateSkillSchema = skillSchema.pick({ title: true });
export type UpdateSkill = z.infer<typeof updateSkillSchema>;
/** What keeps a skill from being removed: each is the `path` of an error, whose message names them. */
export const skillUses = ['catalogue', 'people', 'people-elsewhere', 'work-orders'] as const;
export type SkillUse = (typeof skillUses)[number];

export const mostSkills = 50;
/** All of them: what is not in the list is taken away. */
export const personSkillsSchema = z.object({
  skills: z
    .array(slugSchema)
    .max(mostSkills)
    .overwrite((slugs) => [...new Set(slugs)].sort()),
});
export type PersonSkills = z.infer<typeof personSkillsSchema>;

/** People who do one kind of work together: own staff or a contractor's. */
export const teamSchema = z.object({
  id: uuidSchema,
  name: textSchema,
  /** Where it works: this area and all below it. */
  areaId: areaIdSchema,
  /** Another company's people. */
  contractor: z.boolean(),
  /** Who speaks for it; one of the members. */
  leadId: uuidSchema.nullable(),
  /** A team that is no longer gets no work; what it did stays. */
  active: z.boolean(),
  members: z.array(z.object({ id: uuidSchema, name: z.string() })),
});
export type Team = z.infer<typeof teamSchema>;

export const mostMembers = 500;
const teamFactsSchema = z.object({
  name: textSchema,
  areaId: areaIdSchema,
  contractor: z.boolean(),
  leadId: uuidSchema.nullable(),
  memberIds: z
    .array(uuidSchema)
    .max(mostMembers)
    .transform((ids) => [...new Set(ids)].sort()),
});
export const createTeamSchema = teamFactsSchema;
export type CreateTeam = z.infer<typeof createTeamSchema>;
export const updateTeamSchema = teamFactsSchema.extend({ active: z.boolean() }).partial();
export type UpdateTeam = z.infer<typeof updateTeamSchema>;
