const moves: Record<string, readonly [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** Where an arrow key leads from a card: beside it past empty columns, at the same height or the last card there. */
export function nextCard<T>(columns: readonly (readonly T[])[], from: unknown, key: string): T | undefined {
  const move = moves[key];
  if (!move) return undefined;
  const filled = columns.filter((column) => column.length > 0);
  const column = filled.findIndex((cards) => cards.some((card) => card === from));
  if (column < 0) return filled[0]?.[0];
  const row = filled[column]!.findIndex((card) => card === from);
  const beside = filled[column + move[0]];
  return beside?.[Math.min(row + move[1], move[0] ? beside.length - 1 : Infinity)];
}
