import { foldKinds, type FoldKind } from '@sc/contracts';
import { useState } from 'react';

/** `auto`: in groups while there is a flood. */
export const views = ['auto', 'groups', 'all'] as const;
export type View = (typeof views)[number];

const remembered = <T extends string>(key: string, values: readonly T[], otherwise: T): T =>
  values.find((value) => value === localStorage.getItem(key)) ?? otherwise;

/** A choice that this browser remembers. */
function useRemembered<T extends string>(key: string, values: readonly T[], otherwise: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => remembered(key, values, otherwise));
  return [
    value,
    (next) => {
      localStorage.setItem(key, next);
      setValue(next);
    },
  ];
}

export const useView = () => useRemembered<View>('sc.alarms.view', views, 'auto');
export const useFoldKind = () => useRemembered<FoldKind>('sc.alarms.fold-by', foldKinds, 'incident');

/** Whether the list is shown in groups. @param unfolded the flood that the operator wanted to see one by one */
export function isFolded(view: View, floodSince: string | null, unfolded: string | null): boolean {
  if (view !== 'auto') return view === 'groups';
  return floodSince !== null && floodSince !== unfolded;
}
