import {
  type EvaluationDefinition,
  type EvaluationFigureCode,
  ownStepLimitSeconds,
  satisfiedScore,
  smallNumber,
} from '@sc/contracts';

type Definition = Omit<EvaluationDefinition, 'code'>;

const grid = 'GB/T 30428, CJJ/T 106';
const hotline = '12345';
const own = 'smart-community';
const minutes = ownStepLimitSeconds / 60;

const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const share = (better: 'higher' | 'lower', source: string) => ({ unit: 'share', better, source }) as const;
const count = (better: 'lower' | null, source: string) => ({ unit: 'count', better, source }) as const;
const seconds = { unit: 'seconds', better: 'lower', source: own } as const;
const medianOf = (zh: string, en: string) => text(`中位数（${zh}）`, `median of ${en} (nearest rank)`);
const p90Of = (zh: string, en: string) => text(`第 90 百分位（${zh}）`, `90th percentile of ${en} (nearest rank)`);

const acceptTime = text(
  '从首次派遣到首次接单。按人员统计时，只计只派遣过一次的工单：他人未接造成的等待不算在接单人头上。',
  'From the first dispatch to the first acceptance. By person only of cases that were given once: waiting that others caused is not put down to who accepted.',
);
const handleTime = text(
  '从首次接单到最后一次反馈（返工计入），扣除其间的挂账时间。',
  'From the first acceptance to the last report, rework included, without the time suspended between them.',
);
const closeTime = text('从立案到结案，扣除挂账时间。', 'From registration to close, without the time suspended.');

/** Each figure with what it means, how it is made and where it comes from; in the order in which they are shown. */
export const evaluationDefinitions: Readonly<Record<EvaluationFigureCode, Definition>> = {
  count: {
    title: text('立案数', 'Registered'),
    definition: text(
      '时段内立案的工单；合并掉的重复工单不计。',
      'Cases registered in the period. Duplicates that were merged are not counted.',
    ),
    formula: text('立案数', 'registered'),
    ...count(null, grid),
  },
  open: {
    title: text('未结', 'Open'),
    definition: text('其中此刻既未结案也未作废的。', 'Of these, neither closed nor voided at this moment.'),
    formula: text('立案 − 结案 − 作废', 'registered − closed − voided'),
    ...count(null, own),
  },
  overdue: {
    title: text('超时', 'Overdue'),
    definition: text(
      '至少有一个环节超过时限的工单（包括正在超时的）。作废的不计。',
      'Cases of which at least one step took, or takes, longer than its limit. Voided ones are not counted.',
    ),
    formula: text(
      '任一环节超时的工单数；分母：至少一个环节应完成',
      'cases with a late step; of: with a step that was due',
    ),
    ...count('lower', grid),
  },
  'on-time-registration': {
    title: text('按时立案率', 'On-time registration'),
    definition: text(
      `来自告警的工单：告警告知后 ${minutes} 分钟内立案。人员、巡查、居民上报的工单采集即立案，不计入分母。`,
      `Of cases from alarms: registered within ${minutes} minutes of the alarm being told. What people report is registered as it is collected and is not in the denominator.`,
    ),
    formula: text('按时立案数 ÷ 应立案数', 'on time ÷ due'),
    ...share('higher', grid),
  },
  'accurate-registration': {
    title: text('准确立案率', 'Accurate registration'),
    definition: text('没有作废的立案所占比例。', 'Registered cases that were not voided.'),
    formula: text('（立案 − 作废）÷ 立案', '(registered − voided) ÷ registered'),
    ...share('higher', grid),
  },
  'on-time-dispatch': {
    title: text('按时派遣率', 'On-time dispatch'),
    definition: text(
      `立案后 ${minutes} 分钟内派给了某个人。自处理的工单无需派遣，不计；作废的不计。`,
      `Given to somebody within ${minutes} minutes of registration. Not counted: solved on the spot by the finder, voided.`,
    ),
    formula: text('按时派遣数 ÷ 应派遣数', 'on time ÷ due'),
    ...share('higher', grid),
  },
  'accurate-dispatch': {
    title: text('准确派遣率', 'Accurate dispatch'),
    definition: text(
      '派遣后既没有被回退、也没有返工的工单。作废的不计。',
      'Dispatched cases that were neither returned to the dispatcher nor sent back for rework. Voided ones are not counted.',
    ),
    formula: text('（派遣 − 回退或返工）÷ 派遣', '(dispatched − returned or reworked) ÷ dispatched'),
    ...share('higher', grid),
  },
  'on-time-handling': {
    title: text('按时处置率', 'On-time handling'),
    definition: text(
      '接单到反馈（或传感器核实）未超过处置时限。按当时的时限、日历与延期；挂账不计时；返工再次计时。无时限的不计；作废的不计。',
      'From acceptance to report (or the sensor’s proof) within the limit, as limit, calendar and extension stood then; suspended time does not run, rework runs again. Not counted: without a limit, voided.',
    ),
    formula: text('按时处置数 ÷ 应处置数（已反馈或已超时）', 'on time ÷ due (reported, or past the limit)'),
    ...share('higher', grid),
  },
  'on-time-closing': {
    title: text('按时结案率', 'On-time closing'),
    definition: text(
      '已结案且接单、处置、核查没有一个环节超时。无时限的不计；作废的不计。',
      'Closed, and none of acceptance, handling and verification was late. Not counted: without any limit, voided.',
    ),
    formula: text('按时结案数 ÷（已结案 + 未结但已超时）', 'closed in time ÷ (closed + open with a late step)'),
    ...share('higher', grid),
  },
  'rework-rate': {
    title: text('返工率', 'Rework rate'),
    definition: text(
      '反馈过的工单中，核查不通过（人或传感器）而返工的。作废的不计。',
      'Of cases that were reported, those that a person or a sensor sent back. Voided ones are not counted.',
    ),
    formula: text('返工 ÷ 反馈', 'reworked ÷ reported'),
    ...share('lower', grid),
  },
  'response-rate': {
    title: text('响应率', 'Response rate'),
    definition: text(
      '在接单时限内被接单（或由发现人自处理）。作废的不计；按人员统计时，只计只派遣过一次的工单。',
      'Accepted (or solved by its finder) within the limit of acceptance. Voided ones are not counted; by person only cases that were given once.',
    ),
    formula: text('按时接单数 ÷ 应接单数（已接单或已超时）', 'accepted in time ÷ due (accepted, or past the limit)'),
    ...share('higher', hotline),
  },
  'solved-rate': {
    title: text('解决率', 'Solved rate'),
    definition: text(
      '应当解决的工单中已结案的（不论是否按时）。作废的不计。',
      'Of cases that should be solved by now, those that are closed, in time or late. Voided ones are not counted.',
    ),
    formula: text('已结案 ÷（已结案 + 未结但已超时）', 'closed ÷ (closed + open with a late step)'),
    ...share('higher', hotline),
  },
  'satisfied-rate': {
    title: text('满意率', 'Satisfied rate'),
    definition: text(
      `评价为 ${satisfiedScore} 分及以上的。没有评价的不计。`,
      `Scored ${satisfiedScore} or better. Not counted: without a score.`,
    ),
    formula: text(`${satisfiedScore} 分及以上 ÷ 已评价`, `scored ${satisfiedScore} or better ÷ scored`),
    ...share('higher', hotline),
  },
  score: {
    title: text('平均评分', 'Mean score'),
    definition: text('综合评价的平均分，1 到 5。', 'Mean of the scores of evaluation, 1 to 5.'),
    formula: text('评分之和 ÷ 已评价', 'sum of scores ÷ scored'),
    unit: 'score',
    better: 'higher',
    source: grid,
  },
  'resident-ratings': {
    title: text('居民评分数', 'Ratings of residents'),
    definition: text(
      '居民通过私密链接给已结案工单的评分次数；分母是有居民报告或关注的已结案工单，一张工单可有多位居民评分。',
      'How often residents rated closed cases by their private link; beside it the closed cases that residents reported or follow, each of which several may rate.',
    ),
    formula: text('评分次数；分母：有居民关注的已结案', 'ratings; of: closed cases that residents follow'),
    ...count(null, own),
  },
  'resident-score': {
    title: text('居民满意度', 'Satisfaction of residents'),
    definition: text(
      `居民评分的平均分，1 到 5；不足 ${smallNumber} 次不显示。与综合评价的评分无关，也不影响它。`,
      `Mean of what residents rated, 1 to 5; of fewer than ${smallNumber} ratings none is said. It is apart from the score of evaluation and does not change it.`,
    ),
    formula: text('居民评分之和 ÷ 评分次数', 'sum of ratings ÷ ratings'),
    unit: 'score',
    better: 'higher',
    source: own,
  },
  'reopened-rate': {
    title: text('居民重开率', 'Reopened by residents'),
    definition: text(
      '结案后居民表示未解决、因而另立新工单继续处理的，占有居民报告或关注的已结案工单。',
      'Closed cases that a resident said were not solved and that go on as another case, of those that residents reported or follow.',
    ),
    formula: text('居民重开 ÷ 有居民关注的已结案', 'reopened ÷ closed cases that residents follow'),
    ...share('lower', own),
  },
  'answer-median': {
    title: text('首次答复居民用时', 'Time to first answer'),
    definition: text(
      '从居民第一次说话（报告即是）到工作人员第一次用文字答复或提问。没有答复的不计，分母是答复过的工单数。作废的不计。',
      'From the first word of a resident (a report is one) to the first words of staff to residents, an answer or a question. Cases nobody answered are not in it; beside it how many were. Voided ones are not counted.',
    ),
    formula: medianOf('首次答复 − 居民首次发言', 'first answer − first word of a resident'),
    ...seconds,
  },
  'accept-median': {
    title: text('接单用时', 'Time to accept'),
    definition: acceptTime,
    formula: medianOf('接单 − 派遣', 'acceptance − dispatch'),
    ...seconds,
  },
  'accept-p90': {
    title: text('接单用时 P90', 'Time to accept, p90'),
    definition: acceptTime,
    formula: p90Of('接单 − 派遣', 'acceptance − dispatch'),
    ...seconds,
  },
  'handle-median': {
    title: text('处置用时', 'Time to handle'),
    definition: handleTime,
    formula: medianOf('反馈 − 接单 − 挂账', 'report − acceptance − suspended'),
    ...seconds,
  },
  'handle-p90': {
    title: text('处置用时 P90', 'Time to handle, p90'),
    definition: handleTime,
    formula: p90Of('反馈 − 接单 − 挂账', 'report − acceptance − suspended'),
    ...seconds,
  },
  'close-median': {
    title: text('结案用时', 'Time to close'),
    definition: closeTime,
    formula: medianOf('结案 − 立案 − 挂账', 'close − registration − suspended'),
    ...seconds,
  },
  'close-p90': {
    title: text('结案用时 P90', 'Time to close, p90'),
    definition: closeTime,
    formula: p90Of('结案 − 立案 − 挂账', 'close − registration − suspended'),
    ...seconds,
  },
  'sensor-verified': {
    title: text('传感器核实', 'Verified by sensor'),
    definition: text('已结案的工单中，由传感器核实的。', 'Of closed cases, those that the sensor verified.'),
    formula: text('传感器核实 ÷ 已结案', 'verified by sensor ÷ closed'),
    unit: 'share',
    better: null,
    source: own,
  },
  returned: {
    title: text('回退率', 'Returned'),
    definition: text(
      '派遣后至少被回退一次的。作废的不计。',
      'Dispatched cases that came back to the dispatcher at least once. Voided ones are not counted.',
    ),
    formula: text('回退 ÷ 派遣', 'returned ÷ dispatched'),
    ...share('lower', grid),
  },
  escalated: {
    title: text('升级率', 'Up the chain'),
    definition: text(
      '无人接单（或无人在岗）而至少升级一次的。作废的不计。',
      'Cases that went up the chain at least once, because nobody accepted in time or nobody was on shift. Voided ones are not counted.',
    ),
    formula: text('升级 ÷ 有效工单', 'escalated ÷ cases that were not voided'),
    ...share('lower', own),
  },
  suspended: {
    title: text('挂账时间', 'Time suspended'),
    definition: text(
      '挂账时间之和（仍挂账的计到此刻）；分母是挂账过的工单数。作废的不计。',
      'Time suspended, added up, of those that still are up to now; beside it how many cases were. Voided ones are not counted.',
    ),
    formula: text('Σ（恢复 − 挂账）', 'Σ (resumed − suspended)'),
    unit: 'seconds',
    better: null,
    source: grid,
  },
};
