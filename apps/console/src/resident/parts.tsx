import type { ReactNode } from 'react';
import type { Refused } from './api.js';
import { useSettings } from './settings.js';

export function Problem({ refused, onRetry }: { refused: Refused; onRetry?: () => void }) {
  const { w } = useSettings();
  return (
    <div className="problem" role="alert">
      <p>{refused.code === 'network' ? w.network : (w.problem[refused.code] ?? w.unknown)}</p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          {w.retry}
        </button>
      )}
    </div>
  );
}

/** A label above its field, a hint and what is wrong below it. */
export function Field({
  label,
  hint,
  wrong,
  id,
  children,
}: {
  label: string;
  hint?: string;
  wrong?: string | undefined;
  id: string;
  children: ReactNode;
}) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
      {wrong && (
        <small className="wrong" role="alert">
          {wrong}
        </small>
      )}
    </div>
  );
}
