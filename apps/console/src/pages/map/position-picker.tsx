import type { Position } from '@sc/contracts';
import { Button, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAreas } from '../../api/queries.js';
import '../../styles/map.css';
import { drawable } from './drawable.js';

const PositionMap = lazy(() => import('./position-map.js'));

interface Props {
  value: Position | undefined;
  areaId: string | undefined;
  onChange: (at: Position) => void;
}

/** Where something stands, by a click instead of numbers; the numbers stay for the keyboard. */
export function PositionPicker({ value, areaId, onChange }: Props) {
  const { t } = useTranslation(['map', 'app']);
  const areas = useAreas();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<Position>();
  if (!drawable()) return null;
  return (
    <>
      <Button
        onClick={() => {
          setChosen(value);
          setOpen(true);
        }}
      >
        {t('position.choose')}
      </Button>
      {open && (
        <Modal
          open
          width={820}
          title={t('position.title')}
          okText={t('position.use')}
          cancelText={t('app:cancel')}
          okButtonProps={{ disabled: !chosen }}
          onCancel={() => setOpen(false)}
          onOk={() => {
            if (chosen) onChange(chosen);
            setOpen(false);
          }}
        >
          <p className="muted">{t('position.help')}</p>
          <div className="map-wrap map-wrap-small">
            <Suspense fallback={null}>
              <PositionMap areas={areas} areaId={areaId} value={chosen} onChange={setChosen} />
            </Suspense>
          </div>
        </Modal>
      )}
    </>
  );
}
