import type { Bridge, BridgeCredentials } from '@sc/contracts';
import { Form, Input } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { AreaSelect } from '../../components/area-select.js';
import { FormModal } from '../../components/form-modal.js';
import { slugRule } from '../devices/slug-rule.js';

interface BridgeFields {
  name: string;
  areaId: string;
  community: string;
  bridge: string;
  topicPrefix: string;
  baseUrl?: string;
}

const useRules = () => {
  const { t } = useTranslation('cameras');
  const required = { required: true, whitespace: true, message: t('bridges.required') };
  return { required, slug: [required, { validator: slugRule(t('bridges.slugHint')) }] };
};

export function RegisterBridgeForm({
  onClose,
  onDone,
}: {
  onClose: () => void;
  onDone: (answer: BridgeCredentials) => void;
}) {
  const { t } = useTranslation(['cameras', 'app']);
  const queries = useQueryClient();
  const { required, slug } = useRules();
  const [form] = Form.useForm<BridgeFields>();
  const register = useMutation({
    mutationFn: ({ baseUrl, ...fields }: BridgeFields) =>
      api.registerBridge({ ...fields, kind: 'frigate', baseUrl: baseUrl?.trim() || null }),
    onSuccess: (answer) => {
      void queries.invalidateQueries({ queryKey: keys.bridges });
      onDone(answer);
    },
  });
  return (
    <FormModal
      title={t('bridges.register')}
      okText={t('bridges.register')}
      form={form}
      initialValues={{ topicPrefix: 'frigate' }}
      save={register}
      onClose={onClose}
    >
      <Form.Item name="name" label={t('bridges.name')} rules={[required]}>
        <Input maxLength={120} autoFocus />
      </Form.Item>
      <Form.Item name="areaId" label={t('bridges.area')} rules={[required]}>
        <AreaSelect allowClear={false} width="100%" />
      </Form.Item>
      <Form.Item name="community" label={t('bridges.community')} extra={t('bridges.slugHint')} rules={slug}>
        <Input maxLength={64} autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="bridge" label={t('bridges.slug')} extra={t('bridges.slugHint')} rules={slug}>
        <Input maxLength={64} autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="topicPrefix" label={t('bridges.prefix')} extra={t('bridges.prefixHint')} rules={[required]}>
        <Input maxLength={64} autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="baseUrl" label={t('bridges.baseUrl')} extra={t('bridges.baseUrlHint')}>
        <Input maxLength={300} autoCapitalize="none" spellCheck={false} inputMode="url" />
      </Form.Item>
    </FormModal>
  );
}

interface CameraFields {
  name: string;
  areaId: string;
  device: string;
  externalId: string;
}

export function CameraForm({ bridge, onClose }: { bridge: Bridge; onClose: () => void }) {
  const { t } = useTranslation(['cameras', 'app']);
  const queries = useQueryClient();
  const { required, slug } = useRules();
  const [form] = Form.useForm<CameraFields>();
  const register = useMutation({
    mutationFn: (fields: CameraFields) => api.registerCamera(bridge.id, { ...fields, position: null, placement: null }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.bridges });
      void queries.invalidateQueries({ queryKey: keys.deviceLists });
      onClose();
    },
  });
  return (
    <FormModal
      title={`${t('bridges.addCamera')} · ${bridge.name}`}
      okText={t('bridges.addCamera')}
      form={form}
      initialValues={{}}
      save={register}
      onClose={onClose}
    >
      <Form.Item name="name" label={t('bridges.name')} rules={[required]}>
        <Input maxLength={120} autoFocus />
      </Form.Item>
      <Form.Item
        name="externalId"
        label={t('bridges.externalId')}
        extra={t('bridges.externalIdHint')}
        rules={[required]}
      >
        <Input maxLength={64} autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="areaId" label={t('bridges.area')} rules={[required]}>
        <AreaSelect allowClear={false} width="100%" />
      </Form.Item>
      <Form.Item name="device" label={t('bridges.device')} extra={t('bridges.slugHint')} rules={slug}>
        <Input maxLength={64} autoCapitalize="none" spellCheck={false} />
      </Form.Item>
    </FormModal>
  );
}
