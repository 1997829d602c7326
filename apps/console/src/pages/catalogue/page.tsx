import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Badge, Button, Input, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { catalogueApi, catalogueQuery } from '../../api/catalogue.js';
import { useMay } from '../../app/session.js';
import { ImportButton } from '../../components/import/import-button.js';
import { Page, Panel } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { CatalogueTree } from './catalogue-tree.js';
import { EntryForm } from './entry-form.js';
import { EntryPanel } from './entry-panel.js';
import { Gaps } from './gaps.js';
import { Waiting } from './waiting.js';
import './catalogue.css';

/** Kinds of work: the tree, one entry beside it, and what waits to be admitted. */
export function CataloguePage() {
  const { t } = useTranslation('catalogue');
  const { code } = useParams();
  const query = useQuery(catalogueQuery);
  const mayImport = useMay('admin', 'manager');
  const [search, setSearch] = useState('');
  // Remembers the entry beside which it was opened: to look at another is to go back to the tree.
  const [waitingAt, setWaitingAt] = useState<string | null>();
  const view = waitingAt === (code ?? null) ? 'waiting' : 'tree';
  const [adding, setAdding] = useState(false);
  const items = query.data?.items;
  const waiting = useMemo(() => items?.filter(({ state }) => state === 'proposed') ?? [], [items]);
  return (
    <Page
      title={t('title')}
      extra={
        <>
          <Input.Search
            aria-label={t('search')}
            placeholder={t('search')}
            style={{ width: 200 }}
            maxLength={100}
            allowClear
            onChange={(event) => setSearch(event.target.value)}
          />
          <Button icon={<DownloadOutlined />} href={catalogueApi.csvUrl}>
            {t('export')}
          </Button>
          {mayImport && <ImportButton kind="catalogue" />}
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        </>
      }
    >
      <Gaps />
      <Segmented
        className="catalogue-view"
        value={view}
        onChange={(next) => setWaitingAt(next === 'waiting' ? (code ?? null) : undefined)}
        options={[
          { value: 'tree', label: t('tree') },
          {
            value: 'waiting',
            label: (
              <>
                {t('waiting')} <Badge count={waiting.length} size="small" />
              </>
            ),
          },
        ]}
      />
      <QueryState query={query}>
        {(data) => {
          if (view === 'waiting') return <Waiting entries={waiting} all={data.items} />;
          if (!data.items.length) return <Calm title={t('empty')} text={t('emptyText')} />;
          return (
            <div className={`columns columns-even catalogue-columns ${code ? 'catalogue-chosen' : ''}`}>
              <CatalogueTree entries={data.items} search={search} selected={code} />
              {code ? (
                <EntryPanel key={code} code={code} all={data.items} />
              ) : (
                <Panel>
                  <Calm title={t('choose')} text={t('chooseText')} />
                </Panel>
              )}
            </div>
          );
        }}
      </QueryState>
      {adding && <EntryForm all={items ?? []} under={code} onClose={() => setAdding(false)} />}
    </Page>
  );
}
