import { UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableKind } from '../../api/resources.js';

const ImportDialog = lazy(async () => ({ default: (await import('./import-dialog.js')).ImportDialog }));

/** Opens the import of a list; the dialog is loaded only then. */
export function ImportButton({ kind }: { kind: TableKind }) {
  const { t } = useTranslation('site');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<UploadOutlined />} onClick={() => setOpen(true)}>
        {t('import.open')}
      </Button>
      {open && (
        <Suspense>
          <ImportDialog kind={kind} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
