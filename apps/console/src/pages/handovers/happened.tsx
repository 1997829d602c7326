import { type HandoverDetail, severities } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.js';
import { ItemLine } from './item-line.js';

const figures = ['acknowledged', 'over', 'opened', 'closed', 'roundsDone', 'roundsMissed'] as const;

/** The shift in numbers, and what was grave in it by name, also what is over. */
export function Happened({ handover: { snapshot } }: { handover: HandoverDetail }) {
  const { t } = useTranslation(['handovers', 'words']);
  const { raised, grave, ...happened } = snapshot.happened;
  const sum = severities.reduce((all, severity) => all + raised[severity], 0);
  const parts = severities
    .filter((severity) => raised[severity] > 0)
    .map((severity) => `${t(`words:severity.${severity}`)} ${raised[severity]}`);
  return (
    <Panel title={t('happened')}>
      <dl className="handover-figures">
        <div>
          <dt>{t('raised')}</dt>
          <dd>{sum}</dd>
          {parts.length > 0 && <dd className="muted handover-parts">{parts.join(' · ')}</dd>}
        </div>
        {figures.map((name) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{happened[name]}</dd>
          </div>
        ))}
      </dl>
      <h3 className="handover-sub">
        {t('grave')} · {grave.total}
      </h3>
      {grave.total === 0 ? (
        <p className="muted">{t('noGrave')}</p>
      ) : (
        <ul className="handover-items">
          {grave.items.map((item) => (
            <li key={item.id}>
              <ItemLine item={item} />
            </li>
          ))}
        </ul>
      )}
      {grave.total > grave.items.length && (
        <p className="muted">{t('more', { count: grave.total - grave.items.length })}</p>
      )}
    </Panel>
  );
}
