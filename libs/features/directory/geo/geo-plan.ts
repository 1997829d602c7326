import type { GeoError, GeoErrorCode, GeoImportResult, GeoRow, GeoWarning } from '@sc/contracts';
import { ProblemError } from '@sc/platform/http';
import { refusals } from '../refusals.js';

const most = 1000;
const mostTold = 20;

/** What an import of shapes would do, feature by feature, and what keeps it from being done. */
export class GeoPlan {
  readonly rows: GeoRow[] = [];
  private readonly errors: GeoError[] = [];
  private readonly warnings: GeoWarning[] = [];

  get refused(): boolean {
    return this.errors.length > 0;
  }

  error(feature: number, path: string, code: GeoErrorCode, value = ''): void {
    this.errors.push({ feature, path, code, value: value.slice(0, 120) });
  }

  warn(feature: number, path: string, code: GeoWarning['code'], value = ''): void {
    this.warnings.push({ feature, path, code, value });
  }

  result(applied: boolean): GeoImportResult {
    const errors = this.errors.toSorted((a, b) => a.feature - b.feature).slice(0, most);
    return { applied, rows: this.rows, errors, warnings: this.warnings.slice(0, most) };
  }

  /** @throws ProblemError `invalid-request` naming features and paths: all or nothing */
  assertUsable(): void {
    if (!this.refused) return;
    const told = this.errors.slice(0, mostTold);
    throw new ProblemError(
      'invalid-request',
      refusals.unusable(this.errors.length),
      told.map(({ feature, path, code }) => ({ path: `features.${feature}${path && `.${path}`}`, message: code })),
    );
  }
}
