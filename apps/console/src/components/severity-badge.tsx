import type { Severity } from '@sc/contracts';
import { useTranslation } from 'react-i18next';

/** Each severity has its own outline, so that it is told apart without colour. */
export const severityOutlines: Record<Severity, string> = {
  extreme: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z',
  severe: 'M8 1l7.5 14H.5z',
  moderate: 'M8 0.5l7.5 7.5L8 15.5.5 8z',
  minor: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z',
  unknown: 'M2 2h12v12H2z',
};

export function SeverityIcon({ severity, size = 13 }: { severity: Severity; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden>
      <path d={severityOutlines[severity]} fill="none" stroke="currentColor" strokeWidth={1.8} />
      {severity !== 'minor' && severity !== 'unknown' && (
        <path d="M8 4.8v4M8 11v1.6" stroke="currentColor" strokeWidth={1.8} />
      )}
    </svg>
  );
}

export function SeverityBadge({ severity }: { severity: Severity }) {
  const { t } = useTranslation('words');
  return (
    <span className={`severity severity-${severity}`}>
      <SeverityIcon severity={severity} />
      {t(`severity.${severity}`)}
    </span>
  );
}
