import { coordinateSystems, type CoordinateSystem, type GeoImportResult } from '@sc/contracts';
import { Alert, Button, Modal, Radio, Space, Table, Upload } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryApi, directoryKeys } from '../../api/directory.js';
import { keys } from '../../api/keys.js';
import { ProblemAlert } from '../../components/query-state.js';
import { StateTag } from '../../components/tags.js';
import { Sketch } from './sketch.js';

const tones = { added: 'good', changed: 'busy', unchanged: 'quiet' } as const;
const countOf = ({ rows }: GeoImportResult) => {
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (const { mark } of rows) counts[mark] += 1;
  return counts;
};

/** Say what the coordinates are in, choose a file, look, apply. */
export function GeoImport({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['directory', 'site', 'app']);
  const queries = useQueryClient();
  const [crs, setCrs] = useState<CoordinateSystem>();
  const [file, setFile] = useState<File>();
  const preview = useMutation({
    mutationFn: ({ chosen, system }: { chosen: File; system: CoordinateSystem }) =>
      directoryApi.importGeo(chosen, system, true),
  });
  const apply = useMutation({
    mutationFn: ({ chosen, system }: { chosen: File; system: CoordinateSystem }) =>
      directoryApi.importGeo(chosen, system, false),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.areas });
      await queries.invalidateQueries({ queryKey: directoryKeys.warnings });
    },
  });
  const seen = apply.data ?? preview.data;
  const counts = seen && countOf(seen);
  const todo = counts ? counts.added + counts.changed : 0;
  const again = () => {
    setFile(undefined);
    preview.reset();
    apply.reset();
  };
  return (
    <Modal
      open
      width={880}
      title={t('geo.title')}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Space wrap>
          {file && !apply.data && <Button onClick={again}>{t('site:import.another')}</Button>}
          <Button onClick={onClose}>{t(apply.data ? 'app:close' : 'app:cancel')}</Button>
          {seen && !apply.data && seen.errors.length === 0 && todo > 0 && (
            <Button
              type="primary"
              loading={apply.isPending}
              onClick={() => file && crs && apply.mutate({ chosen: file, system: crs })}
            >
              {t('geo.apply', { count: todo })}
            </Button>
          )}
        </Space>
      }
    >
      <div className="stack">
        {!file && (
          <>
            <div>
              <strong>{t('geo.crs')}</strong>
              <p className="muted">{t('geo.crsText')}</p>
              <Radio.Group
                vertical
                value={crs}
                onChange={(event) => setCrs(event.target.value as CoordinateSystem)}
                options={coordinateSystems.map((system) => ({ value: system, label: t(`geo.systems.${system}`) }))}
              />
            </div>
            <Upload.Dragger
              disabled={!crs}
              accept=".geojson,.json,application/geo+json,application/json"
              multiple={false}
              showUploadList={false}
              beforeUpload={(chosen) => {
                setFile(chosen);
                if (crs) preview.mutate({ chosen, system: crs });
                return false;
              }}
            >
              <p>
                <strong>{t('geo.drop')}</strong>
              </p>
              <p className="muted">{t('geo.dropText')}</p>
            </Upload.Dragger>
          </>
        )}
        {preview.isPending && <p role="status">{t('geo.reading')}</p>}
        {preview.error && <ProblemAlert error={preview.error} />}
        {apply.error && <ProblemAlert error={apply.error} />}
        {seen && counts && <Preview result={seen} counts={counts} />}
      </div>
    </Modal>
  );
}

function Preview({ result, counts }: { result: GeoImportResult; counts: ReturnType<typeof countOf> }) {
  const { t } = useTranslation(['directory', 'site', 'words']);
  const faults = result.errors.length;
  const text = faults ? t('geo.faults', { count: faults }) : t(result.applied ? 'geo.done' : 'geo.ready', counts);
  const told = [
    ...result.errors.map((e) => ({ ...e, text: t(`geo.error.${e.code}`) })),
    ...result.warnings.map((w) => ({ ...w, text: t(`geo.warning.${w.code}`) })),
  ];
  const pages = { pageSize: 10, hideOnSinglePage: true, showSizeChanger: false, size: 'small' as const };
  return (
    <>
      <Alert type={faults ? 'error' : result.applied ? 'success' : 'info'} showIcon title={text} />
      <Sketch rows={result.rows} label={t('geo.sketch')} />
      {told.length > 0 && (
        <Table
          size="small"
          rowKey={(e) => `${e.feature} ${e.path} ${e.code}`}
          pagination={pages}
          dataSource={told}
          columns={[
            { title: t('geo.feature'), width: 90, render: (_, e) => (e.feature < 0 ? t('geo.file') : e.feature) },
            {
              title: t('geo.place'),
              width: '36%',
              render: (_, e) => (
                <>
                  <code className="import-cell">{e.path}</code> {e.value}
                </>
              ),
            },
            { title: t('geo.what'), dataIndex: 'text' },
          ]}
        />
      )}
      {result.rows.length > 0 && (
        <Table
          size="small"
          rowKey="feature"
          pagination={pages}
          scroll={{ x: 560 }}
          dataSource={result.rows}
          columns={[
            { title: t('geo.feature'), width: 90, dataIndex: 'feature' },
            {
              title: t('site:import.mark'),
              width: 120,
              render: (_, r) => <StateTag tone={tones[r.mark]}>{t(`site:import.marks.${r.mark}`)}</StateTag>,
            },
            {
              title: t('geo.area'),
              render: (_, r) => (
                <>
                  {r.name} <span className="muted">{t(`words:areaKind.${r.kind}`)}</span> <code>{r.id}</code>
                </>
              ),
            },
            {
              title: t('geo.changes'),
              render: (_, r) => r.changes.map((field) => t(`geo.fields.${field}`)).join(', '),
            },
          ]}
        />
      )}
    </>
  );
}
