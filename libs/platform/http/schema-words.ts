import { longestRestDays, maxEventDataDepth, type Text } from '@sc/contracts';
import type { z } from 'zod';
import { zhCN } from 'zod/locales';

/** What the schemas of `@sc/contracts` say of a mistake, and the same in Chinese. A test compares it with what stands there. */
export const schemaWords: Readonly<Record<string, string>> = {
  'must not be beyond raiseAt: the alarm would clear while its condition holds':
    '不得越过 raiseAt，否则条件仍成立时告警就会解除',
  'must not be above raiseAt: the alarm would clear while its condition holds':
    '不得高于 raiseAt，否则条件仍成立时告警就会解除',
  'must not be less than horizonMs: the alarm would clear while its condition holds':
    '不得小于 horizonMs，否则条件仍成立时告警就会解除',
  'must not be more than windowMs: so much is never known': '不得大于 windowMs，没有那么多数据',
  'must be at most four windows: nobody can see so far ahead on so little; make windowMs longer':
    '最多为 windowMs 的四倍，数据太少无法预测那么远，请加长 windowMs',
  'must be at most 30 windows: over so long a hole a pace says nothing; make windowMs longer':
    '最多为 windowMs 的三十倍，间隔过长时变化速度没有意义，请加长 windowMs',
  'must be more than 0 with repeatCount: no two readings would be in a row':
    '使用 repeatCount 时必须大于 0，否则不会有连续的读数',
  'times maxGapMs must be at most 30 days, as far back as a rule remembers: lower one of them':
    '与 maxGapMs 的乘积最多 30 天（规则只记这么久），请调小其中一个',
  'must be less than forMs: two readings would pass for standing still':
    '必须小于 forMs，否则两个读数就会被当成停滞不变',
  'is not the id of a member': '不是任何成员的编号',
  'one device is never two: count members, or look within an area':
    '一台设备不能算作两台，请改为按成员计数或在区域内查看',
  'is more than there are members: lower it, add members, or count devices':
    '超过成员个数，请调小、增加成员或改为按设备计数',
  'two members have one id: give each its own': '有两个成员编号相同，请各用各的编号',
  'must differ from expect and clearOn: what happens would be its own answer':
    '必须与 expect 和 clearOn 不同，否则事件会成为自己的回应',
  'needs events only: a metric has no data to take a subject from': '只能用于事件，指标没有可取对象的数据',
  'is only for order `after`: with `before` each `on` counts by itself':
    '只用于 order 为 after 时；为 before 时每个 on 单独计算',
  'is only for order `before`: with `after` lengthen withinMs instead':
    '只用于 order 为 before 时；为 after 时请加长 withinMs',
  'must be {event, match?} or {metric, value: true or false}':
    '必须是 {event, match?} 或 {metric, value: true 或 false}',
  'must differ from `from`': '必须与 from 不同',
  'names nothing: leave it out and the rule applies to every device of its domain':
    '没有指明任何对象；去掉它，规则就适用于本领域的所有设备',
  'must be after from': '必须晚于 from',
  'must be after `from`': '必须晚于 from',
  'must be after `compareFrom`': '必须晚于 compareFrom',
  'at most 32 days after `from`': '最多比 from 晚 32 天',
  'at most 45 days after `from`': '最多比 from 晚 45 天',
  'at most 62 days after `from`': '最多比 from 晚 62 天',
  'at most 367 days after `from`': '最多比 from 晚 367 天',
  'at most 367 days after `compareFrom`': '最多比 compareFrom 晚 367 天',
  'give both ends of the second period, or none': '请给出对比时段的起止时间，或都不给',
  'give from and to, or a shift': '请给出 from 和 to，或给出一个班次',
  'give either deviceIds or areaId': 'deviceIds 与 areaId 请只给其中一个',
  'give either ruleId or rule': 'ruleId 与 rule 请只给其中一个',
  'give each variant a name of its own': '请给每个方案各取一个名称',
  'longitude and latitude are given together': '经度和纬度须同时给出',
  'ends before it begins': '结束早于开始',
  'ends early': '结束早于开始',
  'begins when it ends': '开始与结束相同',
  'is longer than 31 days': '超过 31 天',
  'is its begin: a whole day is 00:00 to 24:00': '与开始相同；全天请写 00:00 至 24:00',
  'two spans overlap': '有两个时段重叠',
  'names a day twice': '有一天出现了两次',
  'a night runs into the hours of the next day': '夜班与次日的时段重叠',
  'no day of the week is worked: a deadline would never come': '一周没有工作日，期限永远不会到',
  [`more than ${longestRestDays} days on end without work: a deadline would not come`]: `连续休息超过 ${longestRestDays} 天，期限不会到`,
  'name an area or a device, one of them': '请指明一个区域或一台设备，只能选其一',
  'a device has its domain: leave it out': '设备自有其领域，请去掉此项',
  'must not contain NUL': '不得含有空字符（NUL）',
  'write what stands behind ? into the secret': '请把地址中 ? 之后的部分写入密钥',
  'is Name: value': '格式应为 名称: 值',
  'is a JSON pointer': '应为 JSON 指针（JSON pointer）',
  'a password never travels in the open': '不得以明文传输密码',
  'is a host name': '应为主机名',
  'is an e-mail address': '应为电子邮件地址',
  'is the part behind the last = or / of the address': '应为地址中最后一个 = 或 / 之后的部分',
  'is no query of an address': '不是网址的查询部分',
  'is no code of a place': '不是位置码',
  'is no token': '不是有效的令牌',
  'is no phone number': '不是电话号码',
  'is + and the country code, for example +8613800000000': '应以 + 和国家码开头，例如 +8613800000000',
  'has no spaces': '不得含有空格',
  'use 2 to 64 of a-z, 0-9 and . _ @ -': '请用 2 至 64 个字符：a-z、0-9 和 . _ @ -',
  'use 1 to 64 of a-z, 0-9 and -': '请用 1 至 64 个字符：a-z、0-9 和 -',
  'is {community}/{device}': '格式应为 {小区}/{设备}',
  'is A-Z a-z 0-9 _ - / and does not begin with sc/': '只能用 A-Z a-z 0-9 _ - /，且不得以 sc/ 开头',
  'is 1 to 64 of A-Z a-z 0-9 _ -': '应为 1 至 64 个字符：A-Z a-z 0-9 _ -',
  'starts with a letter, then up to 63 of A-Z a-z 0-9 _ . -': '以字母开头，其后最多 63 个字符：A-Z a-z 0-9 _ . -',
  'holds 1 to 64 values': '应含 1 至 64 个值',
  [`is nested at most ${maxEventDataDepth} levels`]: `最多嵌套 ${maxEventDataDepth} 层`,
  'is HH:MM': '格式应为 HH:MM',
  'is no IANA time zone': '不是 IANA 时区',
};

const { localeError } = zhCN();

/** An issue of a schema, as the Standard Schema hands it on: zod's own with its `code` and bounds. */
export function issueText(issue: { readonly message: string }): Text {
  return { en: issue.message, 'zh-CN': schemaWords[issue.message] ?? ofLibrary(issue) };
}

function ofLibrary(issue: { readonly message: string }): string {
  if (!('code' in issue)) return '输入无效';
  const known = issue as unknown as z.core.$ZodIssue;
  switch (known.code) {
    case 'too_small':
      return bound(known, Number(known.minimum), { length: '至少', over: known.inclusive ? '不得小于' : '必须大于' });
    case 'too_big':
      return bound(known, Number(known.maximum), { length: '最多', over: known.inclusive ? '不得大于' : '必须小于' });
    case 'invalid_type':
      return /received undefined$/.test(issue.message) ? '缺失' : `类型不符，应为 ${known.expected}`;
    case 'invalid_value':
      return `只能是 ${known.values.map(String).join('、')}`;
    default:
      return told(localeError(issue as Parameters<typeof localeError>[0]));
  }
}

/** The library's own sentence names the type of what is too long in English. */
function bound({ origin }: { origin: string }, limit: number, words: { length: string; over: string }): string {
  if (origin === 'string') return `${words.length} ${limit} 个字符`;
  if (origin === 'array' || origin === 'set' || origin === 'map') return `${words.length} ${limit} 项`;
  return `${words.over} ${limit}`;
}

const told = (words: string | { message: string } | null | undefined): string =>
  (typeof words === 'string' ? words : words?.message) ?? '输入无效';
