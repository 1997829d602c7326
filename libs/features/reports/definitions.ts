import type { Report } from '@sc/contracts';

type Definition = Omit<Report['definitions'][number], 'code'>;
const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });

/** What each table counts, said on the page and on paper. */
export const reportDefinitions: Readonly<Record<Report['definitions'][number]['code'], Definition>> = {
  hours: {
    title: text('按小时和星期', 'By hour and weekday'),
    definition: text(
      '告警按条件开始的时间计（同一告警再次触发不另计），工单按立案时间计（合并掉的重复工单不计），均为站点时区。',
      'Alarms by the time their condition began (one that is raised again counts once), cases by their registration (merged duplicates are not counted), on the clock of the site.',
    ),
  },
  quality: {
    title: text('告警质量', 'Alarm quality'),
    definition: text(
      '人员对告警的判定：真实、误报、测试，其余为未判定。准确率 = 真实 ÷（真实 + 误报）；没有判定时显示“–”。',
      'What people said the alarms were: true, false, a test; the others nobody judged. Precision is true ÷ (true + false); a dash where none was judged.',
    ),
  },
  worst: {
    title: text('误报最多的十个', 'The worst ten'),
    definition: text(
      '同一设备上同一规则的误报数，从多到少；没有被判为误报的不列出。',
      'A rule on a device, by how many of its alarms were judged false; what never was is not listed.',
    ),
  },
  acknowledge: {
    title: text('确认用时', 'Time to acknowledge'),
    definition: text(
      '从平台得知告警到首次有人确认。',
      'From the moment the platform knew of an alarm to the first acknowledgement.',
    ),
  },
  accept: {
    title: text('接单用时', 'Time to accept'),
    definition: text('从首次派遣到首次接单。', 'From the first dispatch of a case to its first acceptance.'),
  },
  arrive: {
    title: text('到场用时', 'Time to arrive'),
    definition: text(
      '从首次接单到首次“开始处理”，即处置人员表示已在现场动手。',
      'From the first acceptance to the first Start: the moment the officer says that work on the spot begins.',
    ),
  },
  answer: {
    title: text('首次答复居民用时', 'Time to first answer'),
    definition: text(
      '从居民第一次说话（报告即是）到工作人员第一次用文字答复或提问；没有答复的和作废的不计。',
      'From the first word of a resident (a report is one) to the first words of staff to residents, an answer or a question; cases nobody answered and voided ones are not counted.',
    ),
  },
  solve: {
    title: text('解决用时', 'Time to solve'),
    definition: text(
      '从立案到最后一次反馈（返工计入），扣除挂账时间；作废的不计。',
      'From registration to the last report, rework included, without the time suspended; voided cases are not counted.',
    ),
  },
};
