import { InboxOutlined } from '@ant-design/icons';
import { importColumns, type ImportKind, type Locale } from '@sc/contracts';
import { Button, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { saveFile } from './save-file.js';

export function ChooseFile({ kind, onChoose }: { kind: ImportKind; onChoose: (file: File) => void }) {
  const { t, i18n } = useTranslation('site');
  const locale = i18n.language as Locale;
  const columns = importColumns[kind];
  const template = () => {
    const cells = [columns.map(({ title }) => title[locale]), columns.map(({ example }) => example)];
    saveFile(`${kind}.csv`, `\uFEFF${cells.map((row) => row.join(',')).join('\r\n')}\r\n`);
  };
  return (
    <>
      <Upload.Dragger
        accept=".csv,text/csv,text/plain"
        multiple={false}
        showUploadList={false}
        beforeUpload={(file) => {
          onChoose(file);
          return false;
        }}
      >
        <p className="import-icon" aria-hidden>
          <InboxOutlined />
        </p>
        <p>
          <strong>{t('import.drop')}</strong>
        </p>
        <p className="muted">{t('import.dropText')}</p>
      </Upload.Dragger>
      <div>
        <span className="muted">{t('import.columns')}: </span>
        {columns.map(({ name, title, required }, i) => (
          <span key={name}>
            {i > 0 && ', '}
            {title[locale]}
            {!required && <span className="muted"> ({t('import.optional')})</span>}
          </span>
        ))}
      </div>
      <div>
        <Button onClick={template}>{t('import.template')}</Button>
      </div>
    </>
  );
}
