import { type ImportErrorCode, importErrorCodes } from '@sc/contracts';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.js';
import { ProblemAlert } from '../../components/query-state.js';

const isKnown = (code: string): code is ImportErrorCode => (importErrorCodes as readonly string[]).includes(code);

/** What is wrong with an entry, in words; anything else as it is. */
export function Mistakes({ error }: { error: unknown }) {
  const { t } = useTranslation(['catalogue', 'site']);
  const { code, errors } = asProblem(error);
  if (code === 'already-exists') return <Alert type="error" showIcon title={t('taken')} />;
  if (code === 'note-required') return <Alert type="warning" showIcon title={t('reasonNeeded')} />;
  const known = errors.flatMap(({ message }) => (isKnown(message) ? [message] : []));
  if (!known.length) return <ProblemAlert error={error} />;
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      title={t('mistakes')}
      description={
        <ul className="catalogue-checklist">
          {[...new Set(known)].map((one) => (
            <li key={one}>{t(`site:import.error.${one}`)}</li>
          ))}
        </ul>
      }
    />
  );
}
