import type { Notification, Text } from '@sc/contracts';

/** First line of what people are told outside the app, by kind. `{number}` is the order's. */
export const orderTitles: Record<Notification['kind'], Text> = {
  'work-order-assigned': { 'zh-CN': '新工单 {number}', en: 'New work order {number}' },
  'work-order-escalated': { 'zh-CN': '工单升级 {number}', en: 'Work order escalated {number}' },
  'work-order-reported': { 'zh-CN': '待核查 {number}', en: 'To be verified {number}' },
  'work-order-rework': { 'zh-CN': '需返工 {number}', en: 'Rework {number}' },
  'work-order-closed-by-sensor': { 'zh-CN': '传感器已核实 {number}', en: 'Verified by the sensor {number}' },
  'work-order-due-soon': { 'zh-CN': '即将超时 {number}', en: 'Due soon {number}' },
  'work-order-overdue': { 'zh-CN': '工单超时 {number}', en: 'Overdue {number}' },
  'work-order-merged': { 'zh-CN': '工单已合并 {number}', en: 'Work order merged {number}' },
  'round-assigned': { 'zh-CN': '新的巡检任务', en: 'A round for you' },
  'round-due': { 'zh-CN': '巡检即将超时', en: 'A round is nearly over its time' },
  'round-missed': { 'zh-CN': '巡检漏检', en: 'A round was missed' },
  'work-order-returned': { 'zh-CN': '工单被退回 {number}', en: 'Work order given back {number}' },
  'work-order-suspended': { 'zh-CN': '工单已挂账 {number}', en: 'Work order suspended {number}' },
  'work-order-resumed': { 'zh-CN': '工单已恢复 {number}', en: 'Work order goes on {number}' },
  'work-order-extension-asked': { 'zh-CN': '申请延期 {number}', en: 'More time asked for {number}' },
  'work-order-extension-granted': { 'zh-CN': '延期已批准 {number}', en: 'More time granted {number}' },
  'work-order-extension-refused': { 'zh-CN': '延期未批准 {number}', en: 'More time refused {number}' },
  'work-order-urged': { 'zh-CN': '督办，请答复 {number}', en: 'Urged, please answer {number}' },
  'work-order-urge-answered': { 'zh-CN': '督办已答复 {number}', en: 'Urge answered {number}' },
  'work-order-urge-overdue': { 'zh-CN': '督办逾期未答复 {number}', en: 'Urge without an answer {number}' },
  'work-order-sensor-disagrees': { 'zh-CN': '传感器显示未恢复 {number}', en: 'The sensor disagrees {number}' },
  'work-order-assisting': { 'zh-CN': '请协办工单 {number}', en: 'Please help with {number}' },
  'work-order-assist-done': { 'zh-CN': '协办已完成 {number}', en: 'Help is done {number}' },
  'work-order-released': { 'zh-CN': '无需继续协办 {number}', en: 'Your help is no longer needed {number}' },
  'life-safety-call': { 'zh-CN': '生命安全：全体在岗人员 {number}', en: 'Danger to life: everyone on shift {number}' },
  test: { 'zh-CN': '测试通知', en: 'Test notification' },
  'resident-replied': { 'zh-CN': '居民有新回复 {number}', en: 'A resident replied {number}' },
  'resident-not-solved': { 'zh-CN': '居民反映未解决 {number}', en: 'A resident says: not solved {number}' },
  'resident-reopened': { 'zh-CN': '居民要求重新处理 {number}', en: 'Reopened by a resident {number}' },
  'resident-rated-badly': { 'zh-CN': '居民评价不满意 {number}', en: 'Rated badly by a resident {number}' },
  'work-order-taken': { 'zh-CN': '已有人接单 {number}', en: 'Somebody has it {number}' },
};
export const alarmTitle: Text = { 'zh-CN': '告警：{title}', en: 'Alarm: {title}' };
export const summaryTitle: Text = { 'zh-CN': '另有 {count} 条通知', en: '{count} more notifications' };
export const summaryBody: Text = {
  'zh-CN': '短时间内消息过多，已合并。请在应用中查看。',
  en: 'Too many at once: they are put together here. Look into the app.',
};
export const testTitle: Text = orderTitles.test;
export const testBody: Text = {
  'zh-CN': '收到这条消息，说明该通知渠道可用。',
  en: 'That you can read this means that the channel works.',
};

/** Puts values into both languages. */
export const fill = (text: Text, values: Record<string, string | Text>): Text => ({
  'zh-CN': fillOne(text, values, 'zh-CN'),
  en: fillOne(text, values, 'en'),
});

const fillOne = (text: Text, values: Record<string, string | Text>, locale: keyof Text): string =>
  text[locale].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'string' ? value : value[locale];
  });
