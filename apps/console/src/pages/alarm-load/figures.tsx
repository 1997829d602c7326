import type { LoadFigure } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.js';
import { StateTag } from '../../components/tags.js';
import { useText } from '../../lib/use-words.js';
import { useFigureValue } from './use-figure-value.js';

/** Each figure with what it means and whether it is what it should be. */
export function Figures({ figures }: { figures: readonly LoadFigure[] }) {
  const { t } = useTranslation('load');
  return (
    <Panel title={t('figures')}>
      <ul className="load-figures">
        {figures.map((figure) => (
          <Figure key={figure.code} figure={figure} />
        ))}
      </ul>
    </Panel>
  );
}

function Figure({ figure }: { figure: LoadFigure }) {
  const { t } = useTranslation('load');
  const text = useText();
  const words = useFigureValue();
  const { target, met, value, unit, source } = figure;
  return (
    <li className={met === false ? 'load-figure load-missed' : 'load-figure'}>
      <span className="load-name">{text(figure.title)}</span>
      <strong className="load-value">{value === null ? t('noValue') : words(value, unit)}</strong>
      <span className="load-target">
        {target ? t(`target.${target.is}`, { value: words(target.value, unit) }) : t('noTarget')}
        {met !== null && <StateTag tone={met ? 'good' : 'hot'}>{t(met ? 'met' : 'missed')}</StateTag>}
      </span>
      <span className="muted load-definition">
        {text(figure.definition)}
        {source && ` ${source}`}
      </span>
    </li>
  );
}
