import type { BackTest, BackTestAlarm, BackTestResult } from '@sc/contracts';

const findings: Record<BackTestAlarm['found'], string> = {
  both: 'both',
  'only-new': 'only new',
  'only-old': 'only old',
};

/** The answer for a terminal. */
export function reportLines({ state, error, from, result }: BackTest): string[] {
  if (!result) return [`no result: ${error ?? state}`];
  return [
    ...caveats(result, from),
    ...totals(result),
    ...table(
      ['day', 'would', 'was', 'minutes would', 'was', 'busiest 10 min would', 'was'],
      result.days.map((day) => [
        ...[day.day, day.would, day.was, day.wouldMinutes, day.wasMinutes],
        ...[day.wouldIn10Minutes, day.wasIn10Minutes],
      ]),
    ),
    ...table(
      ['device', 'would', 'was'],
      result.byDevice.map(({ deviceId, would, was }) => [deviceId, would, was]),
    ),
    ...table(
      ['', 'device', 'severity', 'would begin', 'would end', 'began', 'ended'],
      result.alarms.map(({ found, deviceId, subject, severity, would, was }) => [
        ...[findings[found], subject ? `${deviceId} ${subject}` : deviceId, severity],
        ...[would, was].flatMap((span) => (span ? [span.begin, span.end ?? 'holds'] : ['', ''])),
      ]),
    ),
    ...(result.moreAlarms > 0 ? [`and ${result.moreAlarms} more alarms`] : []),
  ];
}

function caveats({ coveredFrom, ruleErrors, wasCut }: BackTestResult, from: string): string[] {
  return [
    ...(coveredFrom > from ? [`! readings before ${coveredFrom} are deleted: what is said holds from then on`] : []),
    ...(ruleErrors > 0 ? [`! the rule threw ${ruleErrors} times`] : []),
    ...(wasCut ? ['! more was raised than is compared: choose a shorter range'] : []),
  ];
}

function totals({ totals: { would, was, both, onlyNew, onlyOld, wouldMinutes, wasMinutes }, ...seen }: BackTestResult) {
  const { devices, readings, events } = seen;
  const looked = `${readings.toLocaleString('en')} readings and ${events.toLocaleString('en')} events of ${devices} devices`;
  return [
    `would have raised ${would} (${wouldMinutes} minutes), was raised ${was} (${wasMinutes} minutes)`,
    `both ${both}, only new ${onlyNew}, only old ${onlyOld}; ${looked}`,
  ];
}

/** Columns as wide as their widest cell; nothing when there is no row. */
function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  if (rows.length === 0) return [];
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return [
    '',
    ...cells.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    ),
  ];
}
