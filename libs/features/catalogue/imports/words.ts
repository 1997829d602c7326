import type { CatalogueState, Proof, Severity } from '@sc/contracts';

/** What people write instead of the contract's own words. */
export const kindWords: Record<string, 'branch' | 'item'> = { 分类: 'branch', 事项: 'item' };
export const stateWords: Record<string, CatalogueState> = {
  申报: 'proposed',
  启用: 'active',
  退回: 'refused',
  停用: 'retired',
};
export const severityWords: Record<string, Severity> = {
  特别严重: 'extreme',
  严重: 'severe',
  中等: 'moderate',
  轻微: 'minor',
  未知: 'unknown',
};
export const proofWords: Record<string, Proof> = { 无: 'none', 照片: 'photo', 前后对比: 'before-and-after' };
export const verifierWords: Record<string, 'staff' | 'sensor-or-staff'> = {
  人员: 'staff',
  传感器或人员: 'sensor-or-staff',
};

export const residentsWords: Record<string, 'yes' | 'no'> = { 是: 'yes', 否: 'no' };

/** One of the contract's own words, however it is cased, or the word people use for it. */
export function wordOf<T extends string>(
  cell: string,
  values: readonly T[],
  words: Readonly<Record<string, T>>,
): T | undefined {
  const text = cell.toLowerCase().replaceAll(' ', '-');
  return values.find((value) => value === text) ?? words[cell];
}
