import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { ExportForm } from './export-form.js';
import { ExportList } from './export-list.js';

/** What the dialog begins with; without devices an area is asked for. */
export interface ExportScope {
  deviceIds: string[];
  /** Shown instead of the id of a single device. */
  name?: string;
  areaId?: string;
  metrics?: { value: string; label: string }[];
  /** How far back from now. */
  rangeMs: number;
  /** What a chart shows: exactly this, unless the person chooses otherwise. */
  shown?: { metrics: string[]; from: number; to: number };
}

/** Asks for an export and shows the person's own, with their progress. */
export function ExportDialog({ scope, onClose }: { scope: ExportScope; onClose: () => void }) {
  const { t } = useTranslation(['exports', 'app']);
  return (
    <Modal
      open
      width={760}
      title={t('title')}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('app:close')}</Button>}
    >
      <div className="stack">
        <ExportForm scope={scope} />
        <section className="stack-tight export-list" aria-label={t('yours')}>
          <h3>{t('yours')}</h3>
          <span className="muted">{t('yoursText')}</span>
          <ExportList />
        </section>
      </div>
    </Modal>
  );
}
