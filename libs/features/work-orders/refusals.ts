import type { PersonWorkOrderAction, Text, WorkOrderState } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  cannotBeAsked: (state: WorkOrderState, action: PersonWorkOrderAction): Text => ({
    en: `an order that is ${state} cannot be asked to ${action}`,
    'zh-CN': `工单${states[state]}，不能执行“${actions[action]}”`,
  }),
  accepted: { en: 'somebody has accepted this order', 'zh-CN': '该工单已被他人接受' },
  handled: {
    en: 'who handles an order or helps with it does not judge it',
    'zh-CN': '处置或协办过该工单的人不能核查、评价它，也不能审批其延期',
  },
  ofSomebodyElse: { en: 'this step belongs to somebody else', 'zh-CN': '此操作应由他人进行' },
  ended: { en: 'the order is final', 'zh-CN': '该工单已结束' },
  usedBefore: { en: 'this requestId was used for another step', 'zh-CN': '此 requestId 已用于其他操作' },

  needs: (field: Field): Text => ({
    en: `this step needs \`${field}\``,
    'zh-CN': `此操作需要填写${fields[field]}`,
  }),
  needsHelper: { en: 'this step needs `personId` or `teamId`', 'zh-CN': '此操作需要指定人员或班组，二者选一' },
  needsNote: { en: 'this step needs a note', 'zh-CN': '此操作需要填写备注' },
  needsSomething: {
    en: 'this step needs a note, a photo or an answer',
    'zh-CN': '此操作需要填写备注或检查表，或附上照片',
  },
  needsPhoto: { en: 'this order needs a photo', 'zh-CN': '该工单需要照片' },
  needsBothPhotos: {
    en: 'this order needs a photo of before and one of after',
    'zh-CN': '该工单需要处置前和处置后的照片各一张',
  },
  needsAnswers: { en: 'the checklist lacks required answers', 'zh-CN': '检查表还有必填项未填' },
  unfitAnswers: (keys: readonly string[]): Text => ({
    en: `not answers of its checklist: ${keys.join(', ')}`,
    'zh-CN': `所填内容与该工单的检查表不符：${keys.join('、')}`,
  }),
  noMoreTimeAsked: { en: 'nobody has asked for more time', 'zh-CN': '没有人申请延期' },
  moreTimeAsked: {
    en: 'an extension was asked for and waits for its answer',
    'zh-CN': '已有延期申请，正在等待审批',
  },
  noUrge: { en: 'no urge waits for an answer', 'zh-CN': '没有等待答复的督办' },
  tooManyUrges: (most: number): Text => ({
    en: `${most} urges wait for an answer already`,
    'zh-CN': `已有 ${most} 条督办等待答复`,
  }),
  answerByOutOfRange: {
    en: '`answerBy` lies in the future, at most 31 days ahead',
    'zh-CN': '答复时限须在此刻之后，且不超过 31 天',
  },
  untilOutOfRange: {
    en: '`until` lies in the future, at most a year ahead',
    'zh-CN': '恢复时间须在此刻之后，且不超过一年',
  },
  mayNotWait: { en: 'danger to life is not put off', 'zh-CN': '危及生命安全的工单不能挂账' },

  hasItAlready: { en: 'that person has it already', 'zh-CN': '该人员已是承办人' },
  noHandler: {
    en: 'orders are handled by active officers and managers',
    'zh-CN': '工单只能交给可以登录的网格员或负责人',
  },
  helpsNobody: { en: 'nobody helps with this order', 'zh-CN': '该工单没有协办' },
  stillHelped: {
    en: 'somebody still helps with this order: wait for them or release them',
    'zh-CN': '仍有协办未完成，请等待或解除协办',
  },
  leadHelps: { en: 'who has the order does not help with it', 'zh-CN': '承办人不能协办自己的工单' },
  noHelper: { en: 'nobody active is behind that', 'zh-CN': '所选人员或班组中没有可以登录的人员' },
  helpsAlready: { en: 'they help already', 'zh-CN': '所选人员或班组已在协办' },
  tooManyHelpers: (most: number): Text => ({ en: `${most} help already`, 'zh-CN': `协办已达上限 ${most} 个` }),
  whichHelper: {
    en: 'say in `assistId` which of those who help',
    'zh-CN': '请选择是哪一个协办',
  },

  noOrderToMergeInto: { en: 'no such work order to merge into', 'zh-CN': '没有这张要保留的工单' },
  ownDuplicate: { en: 'an order is not its own duplicate', 'zh-CN': '工单不能是自己的重复工单' },
  remainingEnded: { en: 'the order that remains has ended', 'zh-CN': '要保留的工单已结束' },
  alarmsBehind: {
    en: 'alarms stand behind the one that would end: merge the other way round',
    'zh-CN': '将要结束的工单关联着告警，请反过来合并',
  },
  graverRemains: {
    en: 'the graver of two orders remains: merge the other way round',
    'zh-CN': '两张工单中须保留较严重的一张，请反过来合并',
  },
  farApart: {
    en: 'they lie in different communities: nobody goes to both',
    'zh-CN': '两者不在同一社区，不能由同一人处置',
  },

  noIncident: { en: 'no such incident', 'zh-CN': '没有这个事件' },
  noIncidentOfYours: { en: 'no such incident in your area', 'zh-CN': '您的管辖范围内没有这个事件' },
  incidentClosed: { en: 'the incident is closed', 'zh-CN': '该事件已关闭' },
  onlyOpenIncidents: { en: 'only open incidents can be merged', 'zh-CN': '只能合并进行中的事件' },
  intoItself: { en: 'an incident cannot become part of itself', 'zh-CN': '事件不能并入自身' },
  alarmOfAnother: { en: 'an alarm is not part of this incident', 'zh-CN': '所选告警中有的不属于该事件' },
  oneAlarmRemains: { en: 'at least one alarm must remain', 'zh-CN': '至少要保留一条告警' },
  noKindOfThese: { en: 'there is no kind of work for these alarms', 'zh-CN': '这些告警没有对应的事项' },

  noKindOfWork: (category: string): Text => ({
    en: `no kind of work in use there is called ${category}`,
    'zh-CN': `该处没有启用事项“${category}”`,
  }),
  notThere: {
    en: 'neither your area nor where you are on shift',
    'zh-CN': '该处既不在您的管辖范围内，也不是您当班的地方',
  },

  noAttachment: {
    en: 'no such attachment, or it has expired',
    'zh-CN': '没有这份照片或语音，或已过保存期',
  },
  noPhoto: { en: 'no such photo, or it has expired', 'zh-CN': '没有这张照片，或已过保存期' },
  attachmentOfAnother: {
    en: 'an attachment does not belong to this order',
    'zh-CN': '所附照片或语音中有的不属于该工单',
  },
  tooManyAttachments: (most: number): Text => ({
    en: `an order holds ${most} photos and voice notes`,
    'zh-CN': `一张工单最多 ${most} 份照片和语音`,
  }),
  tooManyOfResident: (photos: number, voices: number): Text => ({
    en: `at most ${photos} photos and ${voices} voice note`,
    'zh-CN': `最多 ${photos} 张照片和 ${voices} 段语音`,
  }),
  notMultipart: {
    en: 'send multipart/form-data with a field `file`',
    'zh-CN': '请以 multipart/form-data 格式发送，文件放在 file 字段中',
  },
  noUpload: { en: 'no file was sent', 'zh-CN': '没有收到文件' },
  wrongField: { en: 'a field beside the file is wrong', 'zh-CN': '随文件发送的字段有误' },
  tooLarge: {
    en: 'a photo has at most 10 MiB, a voice note 8 MiB',
    'zh-CN': '照片最大 10 MiB，语音最大 8 MiB',
  },
  sendSmaller: {
    en: 'a photo has at most 10 MiB, a voice note 8 MiB: send a smaller one',
    'zh-CN': '照片最大 10 MiB，语音最大 8 MiB，请发送较小的文件',
  },
  tooManyPixels: {
    en: 'a photo has at most 64 megapixels: choose a lower resolution',
    'zh-CN': '照片最多 6400 万像素，请选择较低的分辨率',
  },
  tooLong: {
    en: 'a voice note lasts at most 5 minutes: send two',
    'zh-CN': '语音最长 5 分钟，请分成两段发送',
  },
  unknownFormat: {
    en:
      'a photo is JPEG, PNG or WebP (iPhone: Settings, Camera, Formats, Most Compatible), ' +
      'a voice note WebM or Ogg with Opus, or MP4 with AAC',
    'zh-CN':
      '照片须为 JPEG、PNG 或 WebP（苹果手机：设置 › 相机 › 格式 › 兼容性最佳），语音须为 WebM 或 Ogg（Opus），或 MP4（AAC）',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

/** Of a request, that a step may need. */
type Field = 'until' | 'answerBy' | 'limit' | 'personId' | 'intoId' | 'score';

const fields: Record<Field, string> = {
  until: '恢复时间',
  answerBy: '答复时限',
  limit: '时长',
  personId: '人员',
  intoId: '要保留的工单',
  score: '评分',
};

const states: Record<WorkOrderState, string> = {
  registered: '已立案',
  dispatched: '已派遣',
  accepted: '已接受',
  'in-hand': '处理中',
  suspended: '已挂账',
  reported: '已反馈',
  verified: '已核查',
  closed: '已结案',
  evaluated: '已评价',
  voided: '已作废',
};

const actions: Record<PersonWorkOrderAction, string> = {
  accept: '接受',
  start: '开始处理',
  report: '反馈',
  verify: '核查通过',
  rework: '返工',
  close: '结案',
  void: '作废',
  return: '回退',
  assign: '指派',
  suspend: '挂账',
  resume: '恢复',
  'request-extension': '申请延期',
  'grant-extension': '批准延期',
  'refuse-extension': '不批准延期',
  urge: '督办',
  answer: '答复督办',
  'self-handled': '自处理',
  merge: '并案',
  invite: '邀请协办',
  'assist-done': '协办完成',
  release: '解除协办',
  note: '添加记录',
  evaluate: '综合评价',
};
