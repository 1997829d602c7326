import type { ChecklistItem, Text } from '@sc/contracts';

const failed: Text = { 'zh-CN': '巡检不合格', en: 'Failed in a round' };

/** What the case of a failed item says, in both languages: whoever reads it may speak either. */
export function describeFailure(
  place: Text,
  item: ChecklistItem,
  value: boolean | number | string | null,
  note: string | null,
): string {
  const found = typeof value === 'number' && item.kind === 'number' ? `${value} ${item.unit}` : value;
  const shown = typeof found === 'boolean' || found === null ? '' : ` · ${found}`;
  const line = (locale: keyof Text) => `${failed[locale]}：${place[locale]} · ${item.title[locale]}${shown}`;
  return [line('zh-CN'), line('en').replace('：', ': '), ...(note ? [note] : [])].join('\n').slice(0, 2_000);
}
