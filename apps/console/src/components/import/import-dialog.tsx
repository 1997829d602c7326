import type { ImportResult } from '@sc/contracts';
import { Alert, Button, Modal, Space } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryKeys } from '../../api/directory.js';
import { api, type TableKind } from '../../api/resources.js';
import { ProblemAlert } from '../query-state.js';
import { ChooseFile } from './choose-file.js';
import { countMarks, ImportPreview } from './import-preview.js';
import { saveFile } from './save-file.js';

/** Choose, look, apply; what is new and secret is shown once, and downloaded before the window closes. */
export function ImportDialog({ kind, onClose }: { kind: TableKind; onClose: () => void }) {
  const { t } = useTranslation(['site', 'app']);
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const preview = useMutation({ mutationFn: (chosen: File) => api.importTable(kind, chosen, true) });
  const apply = useMutation({
    mutationFn: (chosen: File) => api.importTable(kind, chosen, false),
    // What an import brings may also mend what the directory warns of.
    onSuccess: () =>
      Promise.all([[kind], directoryKeys.warnings].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  const choose = (chosen: File) => {
    setFile(chosen);
    apply.reset();
    preview.mutate(chosen);
  };
  const again = () => {
    setFile(undefined);
    preview.reset();
    apply.reset();
  };
  const done = apply.data;
  if (done) return <Done kind={kind} result={done} onClose={onClose} />;
  const seen = preview.data;
  const lines = seen ? countMarks(seen) : undefined;
  const todo = (lines?.added ?? 0) + (lines?.changed ?? 0);
  return (
    <Modal
      open
      width={880}
      title={t(`import.title.${kind}`)}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Space wrap>
          {file && !preview.isPending && <Button onClick={again}>{t('import.another')}</Button>}
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          {seen && seen.errors.length === 0 && todo > 0 && (
            <Button type="primary" loading={apply.isPending} onClick={() => file && apply.mutate(file)}>
              {t('import.apply', { count: todo })}
            </Button>
          )}
        </Space>
      }
    >
      <div className="stack">
        {!file && <ChooseFile kind={kind} onChoose={choose} />}
        {preview.isPending && <p role="status">{t('import.reading')}</p>}
        {preview.error && <ProblemAlert error={preview.error} />}
        {apply.error && <ProblemAlert error={apply.error} />}
        {file && seen && <ImportPreview kind={kind} fileName={file.name} result={seen} />}
      </div>
    </Modal>
  );
}

function Done({ kind, result, onClose }: { kind: TableKind; result: ImportResult; onClose: () => void }) {
  const { t } = useTranslation('site');
  const [saved, setSaved] = useState(result.credentials === null);
  const { credentials } = result;
  return (
    <Modal
      open
      title={t(`import.title.${kind}`)}
      closable={saved}
      keyboard={saved}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Button type={saved ? 'primary' : 'default'} disabled={!saved} onClick={onClose}>
          {t('import.finish')}
        </Button>
      }
    >
      <div className="stack">
        <Alert type="success" showIcon title={t('import.done', countMarks(result))} />
        {credentials && (
          <>
            <Alert
              type="warning"
              showIcon
              title={t(kind === 'people' ? 'import.passwords' : 'import.secrets')}
              description={t('import.secretsOnce')}
            />
            <Button
              type="primary"
              onClick={() => {
                saveFile(credentials.fileName, credentials.csv);
                setSaved(true);
              }}
            >
              {t('import.download', { file: credentials.fileName })}
            </Button>
            {!saved && <span className="muted">{t('import.notDownloaded')}</span>}
          </>
        )}
      </div>
    </Modal>
  );
}
