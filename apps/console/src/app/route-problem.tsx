import { useTranslation } from 'react-i18next';

/** Unknown page, or one that could not be shown (for example a chunk that a new release replaced). */
export function RouteProblem({ missing = false }: { missing?: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="plain" role="alert">
      <h1>{missing ? t('pageNotFound') : t('crashed')}</h1>
      {!missing && (
        <button type="button" className="plain-button" onClick={() => window.location.reload()}>
          {t('retry')}
        </button>
      )}
      <a href={window.location.pathname.startsWith('/field') ? '/field' : '/'}>{t('backHome')}</a>
    </div>
  );
}
