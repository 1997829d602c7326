import {
  importColumns,
  type ImportError,
  type ImportKind,
  type ImportResult,
  type ImportRow,
  type Locale,
} from '@sc/contracts';
import { Alert, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../tags.js';

/** As many errors as the platform tells of at most. */
const mostErrors = 1000;
const delimiters: Record<string, 'comma' | 'semicolon' | 'tab'> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };
const tones = { added: 'good', changed: 'busy', unchanged: 'quiet' } as const;

export function countMarks(result: ImportResult): Record<ImportRow['mark'], number> {
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (const { mark } of result.rows) counts[mark] += 1;
  return counts;
}

/** Errors first: as long as there is one, nothing else matters. */
export function ImportPreview({
  kind,
  fileName,
  result,
}: {
  kind: ImportKind;
  fileName: string;
  result: ImportResult;
}) {
  const { t } = useTranslation('site');
  const counts = countMarks(result);
  const faults = result.errors.length;
  const unreadable = result.encoding === '';
  return (
    <>
      <div>
        <strong>{fileName}</strong>{' '}
        {!unreadable && (
          <span className="muted">
            {t('import.read', {
              encoding: result.encoding.toUpperCase(),
              delimiter: t(`import.delimiter.${delimiters[result.delimiter] ?? 'comma'}`),
            })}
          </span>
        )}
      </div>
      {faults > 0 ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t(faults >= mostErrors ? 'import.manyFaults' : 'import.faults', { count: faults })}
        />
      ) : (
        <Alert
          type="info"
          showIcon
          role="status"
          title={counts.added + counts.changed > 0 ? t('import.ready', counts) : t('import.nothing')}
        />
      )}
      {faults > 0 && <Errors kind={kind} errors={result.errors} />}
      {result.rows.length > 0 && <Rows kind={kind} rows={result.rows} />}
    </>
  );
}

const pages = { pageSize: 10, hideOnSinglePage: true, showSizeChanger: false, size: 'small' as const };

function useColumnTitle(kind: ImportKind): (name: string) => string {
  const { i18n } = useTranslation();
  return (name) => importColumns[kind].find((column) => column.name === name)?.title[i18n.language as Locale] ?? name;
}

function Errors({ kind, errors }: { kind: ImportKind; errors: ImportError[] }) {
  const { t } = useTranslation('site');
  const title = useColumnTitle(kind);
  return (
    <Table
      size="small"
      rowKey={(e) => `${e.line} ${e.column} ${e.code} ${e.value}`}
      pagination={pages}
      dataSource={errors}
      columns={[
        { title: t('import.line'), width: 60, render: (_, e) => (e.line > 0 ? e.line : t('import.file')) },
        {
          title: t('import.column'),
          width: '34%',
          render: (_, e) => (
            <>
              {title(e.column)}
              {e.value && (
                <div>
                  <code className="import-cell">{e.value}</code>
                </div>
              )}
            </>
          ),
        },
        { title: t('import.what'), render: (_, e) => t(`import.error.${e.code}`) },
      ]}
    />
  );
}

function Rows({ kind, rows }: { kind: ImportKind; rows: ImportRow[] }) {
  const { t } = useTranslation('site');
  const title = useColumnTitle(kind);
  return (
    <Table
      size="small"
      rowKey="line"
      pagination={pages}
      dataSource={rows}
      scroll={{ x: 640 }}
      columns={[
        { title: t('import.line'), width: 70, dataIndex: 'line' },
        {
          title: t('import.mark'),
          width: 130,
          render: (_, r) => <StateTag tone={tones[r.mark]}>{t(`import.marks.${r.mark}`)}</StateTag>,
        },
        { title: t('import.key'), width: 200, render: (_, r) => <code className="import-cell">{r.key}</code> },
        { title: t('import.name'), width: 160, ellipsis: true, dataIndex: 'name' },
        {
          title: t('import.changes'),
          render: (_, r) =>
            r.changes.map(({ column, from, to }) => (
              <div key={column}>
                {title(column)}: <s className="muted">{from || '–'}</s> → {to || '–'}
              </div>
            )),
        },
      ]}
    />
  );
}
