import type { AreaShapeCheck, Position, ShapeIssue } from '@sc/contracts';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useText } from '../../lib/use-words.js';

interface Props {
  check: AreaShapeCheck;
  /** It differs from what is saved. */
  changed: boolean;
  onShow: (at: Position) => void;
}

/** What saving would mean: what is wrong and where, its size, what would lie outside. */
export function CheckResult({ check, changed, onShow }: Props) {
  const { t, i18n } = useTranslation('map');
  const text = useText();
  const { issues, squareMetres, corners, strayAreas, strayDevices } = check;
  const number = (n: number, digits: number) =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits }).format(n);
  const size =
    squareMetres < 1e6
      ? t('shape.squareMetres', { n: number(squareMetres, 0) })
      : t('shape.squareKilometres', { n: number(squareMetres / 1e6, 2) });
  return (
    <div className="stack" role="status">
      {issues.map((issue) => (
        <Alert
          key={`${issue.path} ${issue.code}`}
          type="error"
          showIcon
          title={t(`shape.issue.${issue.code}`)}
          description={<Where issue={issue} onShow={onShow} />}
        />
      ))}
      {check.shape && <span>{t('shape.size', { size, count: corners })}</span>}
      {changed && check.shape && issues.length === 0 && <span className="shape-usable">{t('shape.usable')}</span>}
      {strayAreas.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('shape.strayAreas', { names: strayAreas.map(({ name }) => text(name)).join(', ') })}
        />
      )}
      {strayDevices.count > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('shape.strayDevices', { count: strayDevices.count })}
          description={strayDevices.items.slice(0, 5).map(({ id, name }) => (
            <div key={id}>
              <Link to={`/devices/${id}`} target="_blank">
                {name}
              </Link>
            </div>
          ))}
        />
      )}
    </div>
  );
}

/** "Corner 4 of part 2, at 120.21480, 30.20420": by the numbers of the table. */
function Where({ issue: { path, at, value }, onShow }: { issue: ShapeIssue; onShow: (at: Position) => void }) {
  const { t } = useTranslation('map');
  const numbers = path.split('.').slice(1).map(Number);
  // Polygon: ring, corner. MultiPolygon: part, ring, corner.
  const corner = numbers.length >= 2 ? numbers.at(-1)! + 1 : undefined;
  const part = numbers.length >= 3 ? numbers[0]! + 1 : undefined;
  const place = at?.map((degrees) => degrees.toFixed(5)).join(', ');
  const words = [
    part !== undefined && t('shape.part', { part }),
    corner !== undefined && `${t('shape.corner')} ${corner}`,
    place ? t('shape.atCorner', { place }) : value,
  ].filter(Boolean);
  return (
    <>
      {words.join(', ')}{' '}
      {at && (
        <button type="button" className="link-button" onClick={() => onShow(at)}>
          {t('shape.show')}
        </button>
      )}
    </>
  );
}
