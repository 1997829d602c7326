import { areaKinds, type AreaKind, type CreateArea } from '@sc/contracts';
import { App, Form, Input, InputNumber, Select } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FormModal } from '../components/form-modal.js';
import { keys } from '../api/keys.js';
import { useAreas } from '../api/queries.js';
import { api } from '../api/resources.js';
import { AreaSelect } from '../components/area-select.js';
import { slugRule } from './devices/slug-rule.js';

interface Fields {
  parentId: string;
  kind: AreaKind;
  id: string;
  zh?: string;
  en?: string;
  households?: number | null;
}

/** Kinds in the order of their size; the platform says no where one does not fit into its parent. */
const below = (kind: AreaKind | undefined): readonly AreaKind[] =>
  areaKinds.slice(kind ? areaKinds.indexOf(kind) + 1 : 1).filter((k) => !(kind === 'duty-grid' && k === 'cell-grid'));

export function AreaCreateForm({ parentId, onClose }: { parentId?: string; onClose: () => void }) {
  const { t } = useTranslation(['desk', 'site', 'words', 'app']);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const areas = useAreas();
  const [form] = Form.useForm<Fields>();
  const chosen = Form.useWatch('parentId', form);
  const parent = areas.find((area) => area.id === chosen);
  const create = useMutation({
    mutationFn: ({ id, kind, parentId: under, zh, en, households }: Fields) => {
      const [chinese, english] = [zh?.trim(), en?.trim()];
      const name: CreateArea['name'] = { 'zh-CN': chinese || english || '', en: english || chinese || '' };
      return api.createArea({ id, kind, parentId: under, name, shape: null, households: households ?? null });
    },
    onSuccess: async (area) => {
      await queries.invalidateQueries({ queryKey: keys.areas });
      void message.success(t('app:saved'));
      onClose();
      void navigate(`/areas/${area.id}`);
    },
  });
  const required = { required: true, whitespace: true, message: t('devices.required') };
  const oneName = {
    validator: () =>
      form.getFieldValue('zh')?.trim() || form.getFieldValue('en')?.trim()
        ? Promise.resolve()
        : Promise.reject(new Error(t('site:areas.oneName'))),
  };
  return (
    <FormModal
      title={t('site:areas.add')}
      okText={t('site:areas.add')}
      form={form}
      initialValues={{ parentId: parentId ?? areas[0]?.id }}
      save={create}
      onClose={onClose}
    >
      <p className="muted">{t('site:areas.fixed')}</p>
      <Form.Item name="parentId" label={t('areas.parent')} rules={[required]}>
        <AreaSelect allowClear={false} width="100%" />
      </Form.Item>
      <Form.Item name="kind" label={t('areas.kind')} rules={[required]}>
        <Select options={below(parent?.kind).map((k) => ({ value: k, label: t(`words:areaKind.${k}`) }))} />
      </Form.Item>
      <Form.Item
        name="id"
        label={t('areas.id')}
        extra={t('devices.slugHint')}
        rules={[required, { validator: slugRule(t('devices.slugHint')) }]}
      >
        <Input maxLength={64} autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="zh" label={t('areas.nameZh')} dependencies={['en']} rules={[oneName]}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="en" label={t('areas.nameEn')} extra={t('site:areas.nameHint')}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="households" label={t('areas.households')}>
        <InputNumber min={0} max={9_999_999} precision={0} />
      </Form.Item>
    </FormModal>
  );
}
