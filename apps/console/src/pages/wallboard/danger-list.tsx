import type { Alarm } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Age } from '../../components/age.js';
import { SeverityIcon } from '../../components/severity-badge.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { dangerTiles } from './fold.js';
import { useSize } from './use-fitting.js';

const sizes = 7;

/** Danger to life: every one of them, as large as all of them fit. Neither folded nor turned away from. */
export function DangerList({ danger }: { danger: readonly Alarm[] }) {
  const { t, i18n } = useTranslation('wall');
  const text = useText();
  const place = usePlace();
  const tiles = dangerTiles(danger);
  const { ref, level } = useSize(sizes, `${i18n.language} ${tiles.map(({ first }) => first.id).join()}`);
  return (
    <section className="wall-danger" aria-label={t('danger')}>
      <h2>
        <SeverityIcon severity="extreme" size={40} />
        {t('dangerCount', { count: danger.length })}
      </h2>
      <ul ref={ref} className="wall-tiles" data-size={level}>
        {tiles.map(({ first, count, seen }) => (
          <li key={first.id} className="wall-tile" data-seen={seen}>
            <strong>
              {text(first.title)}
              {count > 1 && <span className="wall-times"> × {count}</span>}
            </strong>
            <span>{place(first.areaId, first.areaName)}</span>
            <span className="wall-tile-foot">
              <Age since={first.raisedAt} />
              <span>{t(seen ? 'seen' : first.conditionActive ? 'unseen' : 'over')}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
