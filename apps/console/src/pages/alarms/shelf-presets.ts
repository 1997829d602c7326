/** Minutes that people ask for; the rest of a shift is eight hours. */
const usual = [5, 10, 30, 60, 240, 480];

/** What is offered within a limit: the usual ones, and the limit itself where it cuts one off. */
export function shelfPresets(limit: number): number[] {
  const within = usual.filter((minutes) => minutes <= limit);
  return limit > 0 && limit < (usual.at(-1) ?? 0) && !within.includes(limit) ? [...within, limit] : within;
}
