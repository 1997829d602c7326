const dayMs = 24 * 3_600_000;

/** `2026-10-01`, and what spreadsheets make of it: `2026/10/1`. @returns `YYYY-MM-DD` of a day that there is */
export function isoDay(cell: string): string | undefined {
  const [, year, month, date] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(cell) ?? [];
  if (!year || !month || !date) return undefined;
  const iso = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const at = Date.parse(iso);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== iso ? undefined : iso;
}

/** `08:00`, and what spreadsheets make of it: `8:00`, `8:00:00`. @returns minutes after midnight, 1440 for `24:00` */
export function minutesOfDay(cell: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2})[:：](\d{2})(?:[:：]00)?$/.exec(cell) ?? [];
  if (!hours || !minutes || Number(minutes) > 59) return undefined;
  const time = Number(hours) * 60 + Number(minutes);
  return time * 60_000 <= dayMs ? time : undefined;
}
