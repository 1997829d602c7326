import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.js';

interface Props {
  title: string;
  /** What is counted: said on the page and on paper. */
  definition?: string;
  csv?: string;
  children: ReactNode;
}

/** A part of the report with its definition; its table can be had as a file. */
export function Section({ title, definition, csv, children }: Props) {
  const { t } = useTranslation('reports');
  return (
    <Panel
      title={title}
      extra={
        csv && (
          <Button size="small" icon={<DownloadOutlined />} href={csv} aria-label={t('csvOf', { title })}>
            CSV
          </Button>
        )
      }
    >
      {children}
      {definition && <p className="report-definition">{definition}</p>}
    </Panel>
  );
}
