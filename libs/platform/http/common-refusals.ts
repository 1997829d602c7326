import type { ProblemCode, Text } from '@sc/contracts';

/** What the platform itself, or more than one feature, answers instead of doing what it was asked. */
export const commonRefusals = {
  noArea: { en: 'no such area', 'zh-CN': '没有这个区域' },
  noAreaOfYours: { en: 'no such area in your own', 'zh-CN': '您的管辖范围内没有这个区域' },
  noAlarmOfYours: { en: 'no such alarm in your area', 'zh-CN': '您的管辖范围内没有这条告警' },
  devicesOutOfSight: { en: 'some of its devices are not yours any more', 'zh-CN': '其中部分设备您已无权查看' },
  noDevice: { en: 'no such device', 'zh-CN': '没有这台设备' },
  noPerson: { en: 'no such person', 'zh-CN': '没有这位人员' },
  noWorkOrder: { en: 'no such work order', 'zh-CN': '没有这张工单' },
  noRule: { en: 'no such rule', 'zh-CN': '没有这条规则' },
  noPicture: { en: 'no such picture', 'zh-CN': '没有这张图片' },
  noShift: { en: 'no such shift', 'zh-CN': '没有这个班次' },
  loginTaken: { en: 'this login is taken', 'zh-CN': '此登录名已被占用' },
  caseOver: { en: 'the case is over', 'zh-CN': '此事项已结束' },
  endsBeforeItBegins: { en: 'it ends before it begins', 'zh-CN': '结束时间早于开始时间' },
  isTaken: { en: 'is taken', 'zh-CN': '已被占用' },
  isMissing: { en: 'is missing', 'zh-CN': '缺失' },
  stillToCome: {
    en: 'the range has not begun yet: choose a time that has passed',
    'zh-CN': '时间段尚未开始，请选择已过去的时间',
  },
  strangeCursor: { en: 'the cursor is not one this list gave out', 'zh-CN': '分页游标不是由此列表给出的' },
  startAnew: { en: 'leave it out to start anew', 'zh-CN': '去掉它即可从头开始' },
  doesNotFit: { en: 'the request does not fit its schema', 'zh-CN': '请求内容不符合要求的格式' },
  noTimeSeries: { en: 'the time-series store does not answer; try again', 'zh-CN': '时序数据库没有响应，请重试' },
  noDatabase: { en: 'the database does not answer; try again', 'zh-CN': '数据库没有响应，请重试' },
  valueNotKept: { en: 'a value of the request cannot be kept', 'zh-CN': '请求中有无法保存的值' },
  wentWrong: {
    en: 'something went wrong; the correlation id finds it in the log',
    'zh-CN': '系统出错，可凭关联编号在日志中查找原因',
  },
  noRoute: { en: 'no such route', 'zh-CN': '没有这个接口' },
  noFile: { en: 'no such file', 'zh-CN': '没有这个文件' },
  /** What Nest or Fastify refuse by themselves, in their words; there are no Chinese ones. */
  ofServer: (code: ProblemCode, words: string): Text => ({
    en: words,
    'zh-CN': ofServer[code] ?? '服务器拒绝了该请求',
  }),
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

const ofServer: Partial<Record<ProblemCode, string>> = {
  'invalid-request': '请求的形式不正确',
  'not-authenticated': '请先登录',
  forbidden: '无权进行此操作',
  'not-found': '没有这个地址',
  'too-large': '请求内容过大',
  'too-many-attempts': '请求过于频繁，请稍后再试',
  'unsupported-media': '不支持这种内容类型',
  unavailable: '服务暂时不可用，请重试',
};
