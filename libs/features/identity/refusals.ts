import type { Role, Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  logInFirst: { en: 'log in first', 'zh-CN': '请先登录' },
  onlyFor: (roles: readonly Role[]): Text => ({
    en: `only for: ${roles.join(', ')}`,
    'zh-CN': `仅限${roles.map((role) => roleNames[role]).join('、')}`,
  }),
  wrongCredentials: { en: 'login or password is wrong', 'zh-CN': '登录名或密码错误' },
  tooManyFailures: { en: 'too many failed logins; wait', 'zh-CN': '登录失败次数过多，请稍后再试' },
  tooManyAtOnce: { en: 'too many logins at once; try again', 'zh-CN': '同时登录的人过多，请重试' },

  noLogin: { en: 'nobody has this login', 'zh-CN': '没有此登录名' },
  isLogin: { en: 'is the login', 'zh-CN': '新密码不能与登录名相同' },
  isPresentPassword: { en: 'is the present password', 'zh-CN': '新密码与当前密码相同' },
  wrongPassword: { en: 'the present password is wrong', 'zh-CN': '当前密码不正确' },
  changedMeanwhile: { en: 'somebody gave a new password meanwhile', 'zh-CN': '密码刚刚已被修改' },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

const roleNames: Record<Role, string> = {
  admin: '管理员',
  operator: '值班员',
  officer: '网格员',
  manager: '负责人',
};
