export interface Difference {
  path: string;
  before: unknown;
  after: unknown;
}

/** Where two versions of a rule differ, field by field. The version itself always does. */
export function differencesOf(before: Record<string, unknown>, after: Record<string, unknown>): Difference[] {
  const left = flat(before, '');
  const right = flat(after, '');
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => path !== 'version' && JSON.stringify(left.get(path)) !== JSON.stringify(right.get(path)))
    .map((path) => ({ path, before: left.get(path), after: right.get(path) }));
}

/** Lists stay whole: which of its members is which nobody can say. */
function flat(value: Record<string, unknown>, prefix: string): Map<string, unknown> {
  return new Map(
    Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
      const path = prefix ? `${prefix}.${key}` : key;
      if (typeof part === 'object' && part !== null && !Array.isArray(part))
        return [...flat(part as Record<string, unknown>, path)];
      return [[path, part]];
    }),
  );
}
