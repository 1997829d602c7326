import { useTranslation } from 'react-i18next';
import { useProblemText } from '../lib/use-words.js';

interface Props {
  kind: 'loading' | 'problem';
  error?: unknown;
  onRetry?: () => void;
}

/** Full-page states before any component library is loaded. */
export function PlainMessage({ kind, error, onRetry }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  if (kind === 'loading')
    return (
      <div className="plain" role="status">
        <span className="plain-spinner" aria-hidden />
        <p>{t('loading')}</p>
      </div>
    );
  const { title, detail, correlation } = problemText(error);
  return (
    <div className="plain" role="alert">
      <h1>{title}</h1>
      {detail && <p>{detail}</p>}
      {correlation && <p className="muted">{correlation}</p>}
      {onRetry && (
        <button type="button" className="plain-button" onClick={onRetry}>
          {t('retry')}
        </button>
      )}
    </div>
  );
}
