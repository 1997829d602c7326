import { type CatalogueDetail, type CatalogueEntry, slugSchema } from '@sc/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Form, Input, Segmented, Space, TreeSelect } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { catalogueApi } from '../../api/catalogue.js';
import { keys } from '../../api/keys.js';
import { AreaSelect } from '../../components/area-select.js';
import { useText } from '../../lib/use-words.js';
import { draftOf, type EntryFields, fieldsOf } from './form-values.js';
import { ItemFields } from './item-fields.js';
import { Mistakes } from './mistakes.js';
import { treeOf } from './tree-nodes.js';

interface Props {
  all: CatalogueEntry[];
  /** Changed; none: a new one. */
  entry?: CatalogueDetail;
  /** What was chosen in the tree: a new one hangs there. */
  under?: string | undefined;
  onClose: () => void;
}

/** Adds an entry or changes one. Code and area are kept for ever. */
export function EntryForm({ all, entry, under, onClose }: Props) {
  const { t } = useTranslation(['catalogue', 'app']);
  const text = useText();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<EntryFields>();
  const kind = Form.useWatch('kind', form) ?? entry?.kind ?? 'item';
  const branches = useMemo(
    () =>
      treeOf(
        all.filter((one) => one.kind === 'branch' && one.state !== 'retired'),
        ({ title }) => text(title),
      ),
    [all, text],
  );
  const near = all.find(({ code }) => code === under);
  const save = useMutation({
    mutationFn: (fields: EntryFields) => {
      const { code, areaId, ...rest } = draftOf(fields);
      const reason = fields.reason?.trim() ? { reason: fields.reason.trim() } : {};
      if (entry) return catalogueApi.update(code, { ...rest, basedOn: entry.version, ...reason });
      return catalogueApi.create({ code, areaId, ...rest, ...reason });
    },
    onSuccess: async ({ code, state }) => {
      await queries.invalidateQueries({ queryKey: keys.catalogue });
      void message.success(t(state === 'proposed' ? 'waitsNow' : 'app:saved'));
      await navigate(`/catalogue/${code}`);
      onClose();
    },
  });
  const required = { required: true, whitespace: true, message: t('required') };
  const slug = {
    validator: (_: unknown, value: unknown) =>
      !value || slugSchema.safeParse(value).success ? Promise.resolve() : Promise.reject(new Error(t('codeHint'))),
  };
  return (
    <Drawer
      open
      size={720}
      title={entry ? t('editTitle', { title: text(entry.title) }) : t('add')}
      mask={{ closable: false }}
      onClose={onClose}
      footer={
        <Space>
          <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
            {t('app:save')}
          </Button>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
        </Space>
      }
    >
      <Form<EntryFields>
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={fieldsOf(entry, near?.kind === 'item' ? (near.parent ?? undefined) : near?.code)}
        onFinish={(fields) => save.mutate(fields)}
      >
        <Form.Item name="kind" label={t('kind')} hidden={entry !== undefined}>
          <Segmented
            options={[
              { value: 'item', label: t('item') },
              { value: 'branch', label: t('branch') },
            ]}
          />
        </Form.Item>
        <div className="catalogue-pair">
          <Form.Item name={['title', 'zh-CN']} label={t('titleZh')} rules={[required]}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name={['title', 'en']} label={t('titleEn')} rules={[required]}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name="code" label={t('code')} extra={entry ? undefined : t('codeHint')} rules={[required, slug]}>
            <Input maxLength={64} autoCapitalize="none" spellCheck={false} disabled={entry !== undefined} />
          </Form.Item>
          <Form.Item name="parent" label={t('parent')}>
            <TreeSelect
              allowClear
              treeData={branches}
              treeDefaultExpandAll
              placeholder={t('top')}
              showSearch={{ treeNodeFilterProp: 'title' }}
            />
          </Form.Item>
          {kind === 'item' && (
            <Form.Item name="areaId" label={t('area')} extra={t('areaHint')}>
              <AreaSelect width="100%" placeholder={t('everywhere')} disabled={entry !== undefined} />
            </Form.Item>
          )}
        </div>
        {kind === 'item' && <ItemFields />}
        {kind === 'item' && entry?.state !== 'active' && (
          <Form.Item name="reason" label={t('reason')} extra={t('reasonHint')}>
            <Input.TextArea rows={2} maxLength={1000} />
          </Form.Item>
        )}
        {save.error && <Mistakes error={save.error} />}
      </Form>
    </Drawer>
  );
}
