import { useTranslation } from 'react-i18next';
import { StateTag } from '../../components/tags.js';
import type { Advised, Figure, Level } from './judge.js';
import { useValue } from './use-value.js';

const tones = { good: 'good', warn: 'warm', bad: 'hot' } as const;

/** A judgement in a word, with a dot that repeats it in colour. */
export function LevelTag({ level }: { level: Level }) {
  const { t } = useTranslation('system');
  return <StateTag tone={tones[level]}>{t(`level.${level}`)}</StateTag>;
}

const lanes = ['urgent', 'default', 'outside', 'messages', 'alerts'] as const;
/** Of another version of the program there may come lanes that this page has no word for. */
const isLane = (lane: string | undefined): lane is (typeof lanes)[number] => lanes.some((one) => one === lane);

/** The name of a figure, with its lane where there are several. */
export function useFigureName(): (figure: Figure) => string {
  const { t } = useTranslation('system');
  return ({ name, lane }) => {
    const label = t(`row.${name}.label`);
    return isLane(lane) ? `${label} · ${t(`lane.${lane}`)}` : label;
  };
}

/** Each with its number, its judgement, what it means and, where it is not well, what to do. */
export function FigureList({ figures }: { figures: Figure[] }) {
  const { t } = useTranslation('system');
  const value = useValue();
  const nameOf = useFigureName();
  return (
    <ul className="figures">
      {figures.map((figure) => (
        <li key={`${figure.name} ${figure.lane ?? ''}`} className={`figure figure-${figure.level ?? 'plain'}`}>
          <span className="figure-name">{nameOf(figure)}</span>
          <strong className="figure-value">{value(figure.value)}</strong>
          <span className="figure-level">{figure.level && <LevelTag level={figure.level} />}</span>
          <span className="figure-meaning muted">
            {t(`row.${figure.name}.meaning`)}
            {figure.level && figure.level !== 'good' && (
              <b> {t('whatToDo', { text: t(`advice.${figure.name as Advised}`) })}</b>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
