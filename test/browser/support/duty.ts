import { type Leave, leaveSchema, type Override, overrideSchema, type Rotation, rotationSchema } from '@sc/contracts';
import { type Skill, skillSchema, type Team, teamSchema } from '@sc/contracts';
import type { Site } from './fixtures.js';

const id = (n: number) => `00000000-0000-4000-8000-${(7000 + n).toString().padStart(12, '0')}`;
const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });

/** What officers can do, in which teams they work, and who is on duty when; nothing where nobody is on shift. */
export function someDuty({ shifts }: Site): {
  skills: Skill[];
  teams: Team[];
  leave: Leave[];
  overrides: Override[];
  rotations: Rotation[];
} {
  const [one, two] = shifts;
  if (!one || !two) return { skills: [], teams: [], leave: [], overrides: [], rotations: [] };
  const members = [one, two].map(({ personId, personName }) => ({ id: personId, name: personName }));
  const time = { startsAt: one.startsAt, endsAt: one.endsAt };
  return {
    skills: [
      { slug: 'lift', title: text('电梯', 'Lifts') },
      { slug: 'high-voltage-switchgear', title: text('高压开关柜操作与倒闸', 'Operation of high-voltage switchgear') },
    ].map((skill) => skillSchema.parse(skill)),
    teams: [
      teamSchema.parse({
        id: id(1),
        name: text('综合维修与应急抢险突击班', 'General repairs and emergency response'),
        areaId: one.areaId,
        contractor: true,
        leadId: one.personId,
        active: true,
        members,
      }),
    ],
    leave: [
      leaveSchema.parse({ id: id(2), personId: one.personId, personName: one.personName, kind: 'training', ...time }),
    ],
    overrides: [
      overrideSchema.parse({
        id: id(3),
        areaId: one.areaId,
        personId: one.personId,
        personName: one.personName,
        substituteId: two.personId,
        substituteName: two.personName,
        ...time,
      }),
    ],
    rotations: [
      rotationSchema.parse({
        id: id(4),
        name: '24 小时轮班 · 24-hour turns',
        areaId: two.areaId,
        timeZone: 'Asia/Shanghai',
        firstDay: '2026-01-01',
        lastDay: null,
        memberIds: members.map((member) => member.id),
        members: members.map((member) => ({ ...member, active: true })),
        plan: { kind: 'turns', turnDays: 1, hours: [{ from: '08:00', to: '08:00' }] },
        plannedUntil: one.endsAt,
      }),
    ],
  };
}
