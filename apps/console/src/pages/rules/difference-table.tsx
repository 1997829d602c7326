import { useTranslation } from 'react-i18next';
import { useDuration } from '../../lib/use-words.js';
import { differencesOf } from './difference.js';

interface Props {
  caption: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** Two versions side by side, only where they differ. */
export function DifferenceTable({ caption, before, after }: Props) {
  const { t, i18n } = useTranslation('rules');
  const duration = useDuration();
  const differences = differencesOf(before, after);
  if (differences.length === 0) return <p className="muted">{t('history.same')}</p>;
  const named = (path: string) =>
    path
      .split('.')
      .map((part) => {
        const key = `field.${part}`;
        return i18n.exists(key, { ns: 'rules' }) ? t(key as 'field.title') : part;
      })
      .join(' · ');
  const said = (path: string, value: unknown) => {
    if (value === undefined) return '–';
    if (typeof value === 'boolean') return value ? t('yes') : t('no');
    if (typeof value === 'number' && path.endsWith('Ms')) return duration(value);
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return (
    <div className="rule-scroll">
      <table className="rule-difference">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('history.field')}</th>
            <th scope="col">{t('history.before')}</th>
            <th scope="col">{t('history.after')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ path, before: was, after: is }) => (
            <tr key={path}>
              <th scope="row">{named(path)}</th>
              <td>{said(path, was)}</td>
              <td>{said(path, is)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
