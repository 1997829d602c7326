import type { Text } from '@sc/contracts';

/** What this feature answers instead of doing what it was asked. */
export const refusals = {
  noDomain: { en: 'no such domain', 'zh-CN': '没有这个领域' },
  deviceTaken: { en: 'a device of this name exists', 'zh-CN': '已有同名设备' },
  nameTaken: { en: 'a device or bridge of this name exists', 'zh-CN': '已有同名的设备或视频分析程序' },
  deviceRetired: { en: 'this device is retired', 'zh-CN': '该设备已退役' },
  noSecret: {
    en: 'a bridge speaks for this device: it has no secret of its own',
    'zh-CN': '该设备由视频分析程序代为上报，没有自己的密钥',
  },
  noBridge: { en: 'no such bridge', 'zh-CN': '没有这个视频分析程序' },
  bridgeRetired: { en: 'this bridge is retired', 'zh-CN': '该视频分析程序已停用' },
  cameraTaken: {
    en: 'the bridge has a camera of this name already',
    'zh-CN': '该视频分析程序下已有同名摄像机',
  },
  prefixTaken: {
    en: 'another bridge uses this topic prefix on the same broker',
    'zh-CN': '同一 MQTT 服务器上已有其他视频分析程序使用此主题前缀',
  },
  /** @param why as `judgeAddress` tells it */
  addressRefused: (why: string): Text => ({
    en: `${why}: its host and port must be in the setting CAMERA_HOSTS`,
    'zh-CN': `${addressFaults[why] ?? '地址不可用'}：其主机和端口须列入设置项 CAMERA_HOSTS`,
  }),
  strangeCursor: {
    en: 'the cursor is not one this list gave out with this order',
    'zh-CN': '分页游标不是由此列表按此排序给出的',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;

const addressFaults: Readonly<Record<string, string>> = {
  'address-malformed': '地址格式不正确',
  'address-with-credentials': '地址中不得含有用户名或密码',
  'host-not-allowed': '主机不在允许范围内',
};
