import type { Area } from '@sc/contracts';
import { App, Button, Form, Input, InputNumber, Tree } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { keys } from '../api/keys.js';
import { areasQuery } from '../api/queries.js';
import { api } from '../api/resources.js';
import { useMay } from '../app/session.js';
import { useAreaTree } from '../components/area-select.js';
import { ImportButton } from '../components/import/import-button.js';
import { Facts, Page, Panel } from '../components/page.js';
import { Calm, ProblemAlert, QueryState } from '../components/query-state.js';
import { useText } from '../lib/use-words.js';
import { apiUrl } from '../api/client.js';
import { DirectoryWarnings } from '../components/directory-warnings.js';
import { AreaCreateForm } from './area-create.js';
import { GeoImport } from './areas-geo/geo-import.js';

export function AreasPage() {
  const { t } = useTranslation(['desk', 'words', 'site', 'directory']);
  const query = useQuery(areasQuery);
  const mayEdit = useMay('admin', 'manager');
  const [adding, setAdding] = useState(false);
  const [bringing, setBringing] = useState(false);
  const mayExport = useMay('admin', 'operator', 'manager');
  const { areaId } = useParams();
  const navigate = useNavigate();
  const tree = useAreaTree();
  return (
    <Page
      title={t('areas.title')}
      extra={
        <>
          {mayExport && <Button href={apiUrl('/areas/geojson')}>{t('directory:geo.export')}</Button>}
          {mayEdit && (
            <>
              <Button onClick={() => setBringing(true)}>{t('directory:geo.open')}</Button>
              <ImportButton kind="areas" />
              <Button type="primary" onClick={() => setAdding(true)}>
                {t(areaId ? 'site:areas.addHere' : 'site:areas.add')}
              </Button>
            </>
          )}
        </>
      }
    >
      <DirectoryWarnings />
      <QueryState query={query}>
        {(data) => {
          const area = data.items.find((a) => a.id === areaId);
          if (data.items.length === 0) return <Calm title={t('areas.empty')} />;
          return (
            <div className="columns columns-even">
              <Panel>
                <Tree
                  // Opened anew when an import or a form has added to it: new areas are seen at once.
                  key={data.items.length}
                  blockNode
                  defaultExpandAll
                  showLine
                  treeData={tree}
                  titleRender={(node) => (
                    <>
                      {node.title} <span className="muted">{t(`words:areaKind.${node.area.kind}`)}</span>
                    </>
                  )}
                  selectedKeys={areaId ? [areaId] : []}
                  onSelect={([key]) => key !== undefined && void navigate(`/areas/${key}`)}
                />
              </Panel>
              {area ? (
                <AreaPanel key={area.id} area={area} all={data.items} />
              ) : (
                <Panel>
                  <Calm title={t('areas.choose')} />
                </Panel>
              )}
            </div>
          );
        }}
      </QueryState>
      {bringing && <GeoImport onClose={() => setBringing(false)} />}
      {adding && <AreaCreateForm parentId={areaId} onClose={() => setAdding(false)} />}
    </Page>
  );
}

function AreaPanel({ area, all }: { area: Area; all: Area[] }) {
  const { t } = useTranslation(['desk', 'words', 'app', 'map']);
  const text = useText();
  const mayEdit = useMay('admin', 'manager');
  const [editing, setEditing] = useState(false);
  const parent = all.find((a) => a.id === area.parentId);
  return (
    <Panel
      title={text(area.name)}
      extra={
        mayEdit &&
        !editing && (
          <>
            <Link to={`/areas/${area.id}/shape`}>
              <Button tabIndex={-1}>{t('map:shape.edit')}</Button>
            </Link>
            <Button onClick={() => setEditing(true)}>{t('areas.edit')}</Button>
          </>
        )
      }
    >
      {editing ? (
        <AreaForm area={area} onDone={() => setEditing(false)} />
      ) : (
        <div className="stack">
          <Facts
            items={[
              [t('areas.kind'), t(`words:areaKind.${area.kind}`)],
              [t('areas.id'), <code>{area.id}</code>],
              [t('areas.nameZh'), area.name['zh-CN']],
              [t('areas.nameEn'), area.name.en],
              [t('areas.parent'), parent && <Link to={`/areas/${parent.id}`}>{text(parent.name)}</Link>],
              [t('areas.households'), area.households ?? <span className="muted">{t('app:notSet')}</span>],
              [t('areas.shape'), area.shape ? t('app:yes') : <span className="muted">{t('app:notSet')}</span>],
            ]}
          />
          <Link to={`/devices?area=${area.id}`}>{t('areas.devices')}</Link>
        </div>
      )}
    </Panel>
  );
}

interface AreaFields {
  zh: string;
  en: string;
  households: number | null;
}

function AreaForm({ area, onDone }: { area: Area; onDone: () => void }) {
  const { t } = useTranslation(['desk', 'app']);
  const queries = useQueryClient();
  const { message } = App.useApp();
  const save = useMutation({
    mutationFn: ({ zh, en, households }: AreaFields) =>
      api.updateArea(area.id, { name: { 'zh-CN': zh.trim(), en: en.trim() }, households: households ?? null }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.areas });
      void message.success(t('app:saved'));
      onDone();
    },
  });
  const required = [{ required: true, whitespace: true, message: t('devices.required') }];
  return (
    <Form<AreaFields>
      layout="vertical"
      initialValues={{ zh: area.name['zh-CN'], en: area.name.en, households: area.households }}
      onFinish={(fields) => save.mutate(fields)}
    >
      <Form.Item name="zh" label={t('areas.nameZh')} rules={required}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="en" label={t('areas.nameEn')} rules={required}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="households" label={t('areas.households')}>
        <InputNumber min={0} precision={0} />
      </Form.Item>
      <div className="stack">
        {save.error && <ProblemAlert error={save.error} />}
        <div className="row-wrap">
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('app:save')}
          </Button>
          <Button onClick={onDone}>{t('app:cancel')}</Button>
        </div>
      </div>
    </Form>
  );
}
