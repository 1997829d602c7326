import type { StaffingAssumptions, StaffingPremise, Text } from '@sc/contracts';
import type { KnownHistory } from './sources/history.js';

interface Facts {
  assumptions: StaffingAssumptions;
  history: KnownHistory;
  fromTable: boolean;
  /** Categories of the table that the catalogue does not know. */
  unknownCategories: number;
}

const text = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

/** What the simulation takes for granted, said with its result. */
export function premisesOf({ assumptions, history, fromTable, unknownCategories }: Facts): StaffingPremise[] {
  const { travelKmPerHour, travelMinutes, acceptMinutes, handlingMinutes, verifyMinutes } = assumptions;
  const { known } = history;
  const drawn = (what: Text, count: number, mean: number): Text =>
    count > 0
      ? text(
          `${what['zh-CN']}从 ${count} 个真实工单中按类别抽取；不足 5 个的类别用全部，全部不足 5 个时平均 ${mean} 分钟。`,
          `${what.en} is drawn from ${count} real cases, by category; with fewer than 5 from all, and from ${mean} minutes on average where all are fewer.`,
        )
      : text(`${what['zh-CN']}没有历史：平均 ${mean} 分钟。`, `${what.en} has no history: ${mean} minutes on average.`);
  const premises: Record<string, Text | null> = {
    cases: fromTable
      ? text(
          '工单来自表格；时限、技能、班组按目录中该类别。',
          'Cases are those of the table; limits, skills and teams are those of the catalogue.',
        )
      : text(
          '工单是本区域在时段内立案的真实工单；作废、合并的和无人接单就自行结束的不计。',
          'Cases are the real ones of the area that were registered in the time; left out are voided and merged ones, and those over before anybody accepted.',
        ),
    'unknown-categories': unknownCategories
      ? text(
          `${unknownCategories} 个类别不在目录中：接单 30 分钟、处置 4 小时，不需要技能。`,
          `${unknownCategories} categories are not in the catalogue: 30 minutes to accept, 4 hours to handle, no skills.`,
        )
      : null,
    code: text(
      '派给谁、升级到谁、时限到何时，由正式程序本身计算（同样的派单、升级链、工作日历）。',
      'Who is asked, who is next and when a limit is over is decided by the program itself: the same assignment, chains and calendars.',
    ),
    accept: drawn(text('接单用时', 'Time to accept'), known.accept, acceptMinutes),
    handle: drawn(text('处置用时', 'Time to handle'), known.handle, handlingMinutes),
    verify: drawn(text('核查用时', 'Time to verify'), known.verify, verifyMinutes),
    travel: text(
      `路程按直线距离、每小时 ${travelKmPerHour} 公里；地点不明时 ${travelMinutes} 分钟。`,
      `The way is as the crow flies at ${travelKmPerHour} km/h, ${travelMinutes} minutes where a place is not known.`,
    ),
    work: text(
      '网格员一次处理一单，最严重的先，其次先到期的先；下班后不再出发，手上的做完；没做的留到其下一班。',
      'An officer handles one case at a time, the gravest first, then the one due first; sets out for none after the shift, ends the one in hand, and keeps the others for the next shift.',
    ),
    managers: text(
      '负责人和值班员随时在，接了单自己处理，同样一次一单。',
      'Managers and operators are always there and handle what they accept themselves, one at a time too.',
    ),
    flows: text(
      '没有返工、回退、挂账、延期和联合处置；核查不占人手。',
      'There is no rework, return, suspension, extension or joint order; verification takes nobody’s time.',
    ),
    new: text(
      '新增的人会所有需要的技能，不属于任何班组。',
      'Officers who are added have every skill that is asked for and belong to no team.',
    ),
    outside: text(
      '区域以外的工单和人不在内；开始时没有未结工单。',
      'Cases and people outside of the area are not in it, and it begins without open cases.',
    ),
  };
  return Object.entries(premises).flatMap(([code, said]) => (said ? [{ code, text: said }] : []));
}
