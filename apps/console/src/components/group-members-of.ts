import { z } from 'zod';

const causeSchema = z.object({
  kind: z.literal('group'),
  counted: z.number(),
  members: z.array(
    z.object({
      member: z.string(),
      deviceId: z.string(),
      at: z.number(),
      cause: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

type GroupMember = z.infer<typeof causeSchema>['members'][number];

/** Signs that counted, as the cause of the alarm names them, and how many more there were. */
export function groupMembersOf(cause: Record<string, unknown>): { members: GroupMember[]; more: number } {
  const { data } = causeSchema.safeParse(cause);
  return data ? { members: data.members, more: data.counted - data.members.length } : { members: [], more: 0 };
}
