/** Ids travel in the address, which has an end; it is ten sheets of paper. */
export const mostLabels = 210;

export const labelsPath = (ids: readonly string[]): string =>
  `/labels?${new URLSearchParams(ids.map((id) => ['device', id])).toString()}`;
