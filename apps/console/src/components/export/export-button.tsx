import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.js';
import { ExportDialog, type ExportScope } from './export-dialog.js';

/** Opens the dialog, for those who may export. */
export function ExportButton({ scope }: { scope: ExportScope }) {
  const { t } = useTranslation('exports');
  const [open, setOpen] = useState(false);
  if (!useMay('admin', 'operator', 'manager')) return null;
  return (
    <>
      <Button icon={<DownloadOutlined />} onClick={() => setOpen(true)}>
        {t('button')}
      </Button>
      {open && <ExportDialog scope={scope} onClose={() => setOpen(false)} />}
    </>
  );
}
