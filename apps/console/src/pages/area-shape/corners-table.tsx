import type { Position } from '@sc/contracts';
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  addCorner,
  addTriangle,
  cornersOf,
  type Draft,
  leastCorners,
  moveCorner,
  partsOf,
  removeCorner,
  removePart,
} from './draft.js';

/** More rows than these help nobody. */
const mostRows = 200;

interface Props {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  /** Where a first triangle stands. */
  middle: Position;
}

/** The border in numbers: everything that the pointer can do, by keyboard. */
export function CornersTable({ draft, onDraft, middle }: Props) {
  const { t } = useTranslation(['map', 'desk']);
  const parts = partsOf(draft);
  const rows = parts.reduce((sum, part) => sum + part[0]!.length - 1, 0);
  if (rows > mostRows) return <p className="muted">{t('shape.tooMany', { count: mostRows })}</p>;
  return (
    <div className="stack">
      {parts.length === 0 && (
        <Button onClick={() => onDraft(addTriangle(draft, middle))}>{t('shape.addTriangle')}</Button>
      )}
      {parts.map((part, index) => (
        <section key={index} aria-label={t('shape.part', { part: index + 1 })}>
          {parts.length > 1 && (
            <div className="row-wrap">
              <strong className="grow">{t('shape.part', { part: index + 1 })}</strong>
              <Button size="small" onClick={() => onDraft(removePart(draft, index))}>
                {t('shape.removePart')}
              </Button>
            </div>
          )}
          <table className="corners">
            <thead>
              <tr>
                <th scope="col">{t('shape.corner')}</th>
                <th scope="col">{t('desk:devices.longitude')}</th>
                <th scope="col">{t('desk:devices.latitude')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {cornersOf(part).map((corner, n, all) => (
                <tr key={n}>
                  <th scope="row">{n + 1}</th>
                  {([0, 1] as const).map((axis) => (
                    <td key={axis}>
                      <InputNumber
                        aria-label={`${t('shape.corner')} ${n + 1}, ${t(axis ? 'desk:devices.latitude' : 'desk:devices.longitude')}`}
                        value={corner[axis]}
                        min={axis ? -90 : -180}
                        max={axis ? 90 : 180}
                        step={0.00005}
                        precision={7}
                        // Taken when the field is left or Enter is pressed: half a number is no place.
                        changeOnBlur
                        onChange={(value) => {
                          if (value === null) return;
                          onDraft(moveCorner(draft, index, n, axis ? [corner[0], value] : [value, corner[1]]));
                        }}
                      />
                    </td>
                  ))}
                  <td>
                    <Button
                      type="text"
                      icon={<PlusOutlined />}
                      aria-label={t('shape.addAfter', { corner: n + 1 })}
                      onClick={() => onDraft(addCorner(draft, index, n))}
                    />
                    <Button
                      type="text"
                      icon={<DeleteOutlined />}
                      disabled={all.length <= leastCorners}
                      aria-label={t('shape.removeCorner', { corner: n + 1 })}
                      onClick={() => onDraft(removeCorner(draft, index, n))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {part.length > 1 && <p className="muted">{t('shape.holes', { count: part.length - 1 })}</p>}
        </section>
      ))}
    </div>
  );
}
