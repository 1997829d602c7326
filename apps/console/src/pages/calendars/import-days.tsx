import { App, Button, Modal, Space } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { ChooseFile } from '../../components/import/choose-file.js';
import { countMarks, ImportPreview } from '../../components/import/import-preview.js';
import { ProblemAlert } from '../../components/query-state.js';

/** Choose, look, apply: holidays and make-up days of one calendar. */
export function ImportDays({ areaId, onClose }: { areaId: string; onClose: () => void }) {
  const { t } = useTranslation(['calendars', 'site', 'app']);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const preview = useMutation({ mutationFn: (chosen: File) => api.importCalendarDays(areaId, chosen, true) });
  const apply = useMutation({
    mutationFn: (chosen: File) => api.importCalendarDays(areaId, chosen, false),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.calendars });
      void message.success(t('saved'));
      onClose();
    },
  });
  const seen = preview.data;
  const lines = seen && countMarks(seen);
  const todo = (lines?.added ?? 0) + (lines?.changed ?? 0);
  return (
    <Modal
      open
      width={880}
      title={t('importTitle')}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Space wrap>
          {file && !preview.isPending && <Button onClick={() => setFile(undefined)}>{t('site:import.another')}</Button>}
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          {file && seen?.errors.length === 0 && todo > 0 && (
            <Button type="primary" loading={apply.isPending} onClick={() => apply.mutate(file)}>
              {t('site:import.apply', { count: todo })}
            </Button>
          )}
        </Space>
      }
    >
      <div className="stack">
        <p className="muted">{t('importText')}</p>
        {!file && (
          <ChooseFile
            kind="calendar-days"
            onChoose={(chosen) => {
              setFile(chosen);
              preview.mutate(chosen);
            }}
          />
        )}
        {preview.isPending && <p role="status">{t('site:import.reading')}</p>}
        {preview.error && <ProblemAlert error={preview.error} />}
        {apply.error && <ProblemAlert error={apply.error} />}
        {file && seen && <ImportPreview kind="calendar-days" fileName={file.name} result={seen} />}
      </div>
    </Modal>
  );
}
