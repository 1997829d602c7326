import type { DeviceCredentials } from '@sc/contracts';
import { Form, Input, Modal, Select } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { keys } from '../../api/keys.js';
import { useAreas, useDomains } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { AreaSelect } from '../../components/area-select.js';
import { ProblemAlert } from '../../components/query-state.js';
import { useText } from '../../lib/use-words.js';
import { CredentialsModal } from './credentials-modal.js';
import { LabelsField } from './labels-field.js';
import { PositionFields, positionOf, type PositionFieldValues } from './position-fields.js';
import { slugRule } from './slug-rule.js';

interface Fields extends PositionFieldValues {
  community: string;
  device: string;
  domain: string;
  name: string;
  areaId: string;
  placement?: string;
  labels?: string[];
}

export function RegisterDeviceForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['desk', 'app']);
  const text = useText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const domains = useDomains();
  const areas = useAreas();
  const [form] = Form.useForm<Fields>();
  const [credentials, setCredentials] = useState<DeviceCredentials>();
  const register = useMutation({
    mutationFn: (f: Fields) =>
      api.registerDevice({
        community: f.community,
        device: f.device,
        domain: f.domain,
        name: f.name.trim(),
        areaId: f.areaId,
        position: positionOf(f),
        placement: f.placement?.trim() || null,
        labels: f.labels ?? [],
      }),
    onSuccess: (answer) => {
      setCredentials(answer);
      void queries.invalidateQueries({ queryKey: keys.deviceLists });
    },
  });
  /** The community that the area lies in: what the device's login begins with, unless somebody means another. */
  const communityOf = (areaId: string) =>
    areas
      .find(({ id, path }) => path.includes(areaId) && id === areaId)
      ?.path.map((step) => areas.find(({ id }) => id === step))
      .find((area) => area?.kind === 'community')?.id;
  const required = { required: true, whitespace: true, message: t('devices.required') };
  const slug = { validator: slugRule(t('devices.slugHint')) };
  if (credentials)
    return (
      <CredentialsModal credentials={credentials} onClose={() => void navigate(`/devices/${credentials.device.id}`)} />
    );
  return (
    <Modal
      open
      title={t('devices.register')}
      okText={t('devices.register')}
      cancelText={t('app:cancel')}
      okButtonProps={{ loading: register.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={(fields) => register.mutate(fields)}
        requiredMark={false}
        onValuesChange={({ areaId }: Partial<Fields>) => {
          if (areaId && !form.isFieldTouched('community')) form.setFieldValue('community', communityOf(areaId));
        }}
      >
        <Form.Item name="name" label={t('devices.name')} rules={[required]}>
          <Input maxLength={120} autoFocus />
        </Form.Item>
        <Form.Item name="domain" label={t('devices.domain')} rules={[required]}>
          <Select options={domains.map((d) => ({ value: d.name, label: text(d.title) }))} />
        </Form.Item>
        <Form.Item name="areaId" label={t('devices.area')} rules={[required]}>
          <AreaSelect allowClear={false} width="100%" />
        </Form.Item>
        <Form.Item
          name="community"
          label={t('devices.community')}
          extra={t('devices.slugHint')}
          rules={[required, slug]}
        >
          <Input maxLength={64} autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="device" label={t('devices.slug')} extra={t('devices.slugHint')} rules={[required, slug]}>
          <Input maxLength={64} autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="placement" label={t('devices.placement')}>
          <Input maxLength={200} />
        </Form.Item>
        <LabelsField />
        <PositionFields />
        {register.error && <ProblemAlert error={register.error} />}
      </Form>
    </Modal>
  );
}
