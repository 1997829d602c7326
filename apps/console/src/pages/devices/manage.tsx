import { DownOutlined } from '@ant-design/icons';
import type { DeviceCredentials, DeviceDetail } from '@sc/contracts';
import { App, Button, Dropdown, Form, Input, Modal } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { AreaSelect } from '../../components/area-select.js';
import { ProblemAlert } from '../../components/query-state.js';
import { CredentialsModal } from './credentials-modal.js';
import { LabelsField } from './labels-field.js';
import { PositionFields, positionOf, type PositionFieldValues } from './position-fields.js';
import { slugRule } from './slug-rule.js';

type Task = 'edit' | 'rotate' | 'replace' | 'retire';
interface Fields extends PositionFieldValues {
  name: string;
  areaId: string;
  placement?: string;
  labels: string[];
  device: string;
}

export function ManageDevice({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const [task, setTask] = useState<Task>();
  const [credentials, setCredentials] = useState<DeviceCredentials>();
  const done = (answer: DeviceCredentials | undefined) => {
    setTask(undefined);
    setCredentials(answer);
  };
  const close = (shown: DeviceCredentials) => {
    setCredentials(undefined);
    if (shown.device.id !== device.id) void navigate(`/devices/${shown.device.id}`);
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'edit', label: t('devices.edit') },
            { key: 'rotate', label: t('devices.rotate') },
            { key: 'replace', label: t('devices.replace') },
            { type: 'divider' },
            { key: 'retire', label: t('devices.retire'), danger: true },
          ],
          onClick: ({ key }) => setTask(key as Task),
        }}
      >
        <Button>
          {t('devices.manage')} <DownOutlined />
        </Button>
      </Dropdown>
      {task && <TaskModal device={device} task={task} onDone={done} onClose={() => setTask(undefined)} />}
      {credentials && <CredentialsModal credentials={credentials} onClose={() => close(credentials)} />}
    </>
  );
}

interface TaskProps {
  device: DeviceDetail;
  task: Task;
  onDone: (credentials: DeviceCredentials | undefined) => void;
  onClose: () => void;
}

function TaskModal({ device, task, onDone, onClose }: TaskProps) {
  const { t } = useTranslation(['desk', 'app']);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const run = useMutation({
    mutationFn: async (f: Fields): Promise<DeviceCredentials | undefined> => {
      if (task === 'rotate') return api.rotateSecret(device.id);
      if (task === 'replace') return api.replaceDevice(device.id, f.device);
      if (task === 'retire') await api.retireDevice(device.id);
      else
        await api.updateDevice(device.id, {
          name: f.name.trim(),
          areaId: f.areaId,
          placement: f.placement?.trim() || null,
          labels: f.labels,
          position: positionOf(f),
        });
      return undefined;
    },
    onSuccess: (credentials) => {
      void queries.invalidateQueries({ queryKey: ['devices'] });
      void queries.invalidateQueries({ queryKey: keys.device(device.id) });
      if (!credentials) void message.success(t('app:saved'));
      onDone(credentials);
    },
  });
  const required = { required: true, whitespace: true, message: t('devices.required') };
  return (
    <Modal
      open
      title={`${t(`devices.${task}`)} · ${device.name}`}
      okText={task === 'edit' ? t('app:save') : t(`devices.${task}`)}
      cancelText={t('app:cancel')}
      okButtonProps={{ loading: run.isPending, danger: task === 'retire' }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          name: device.name,
          areaId: device.areaId,
          placement: device.placement ?? '',
          labels: device.labels,
          longitude: device.position?.[0],
          latitude: device.position?.[1],
        }}
        onFinish={(fields) => run.mutate(fields)}
      >
        {task === 'edit' && (
          <>
            <Form.Item name="name" label={t('devices.name')} rules={[required]}>
              <Input maxLength={120} />
            </Form.Item>
            <Form.Item name="areaId" label={t('devices.area')} rules={[required]}>
              <AreaSelect allowClear={false} width="100%" />
            </Form.Item>
            <Form.Item name="placement" label={t('devices.placement')}>
              <Input maxLength={200} />
            </Form.Item>
            <LabelsField />
            <PositionFields />
          </>
        )}
        {task === 'rotate' && <p>{t('devices.rotateText')}</p>}
        {task === 'retire' && <p>{t('devices.retireText')}</p>}
        {task === 'replace' && (
          <>
            <p>{t('devices.replaceText')}</p>
            <Form.Item
              name="device"
              label={t('devices.newDevice')}
              extra={t('devices.slugHint')}
              rules={[required, { validator: slugRule(t('devices.slugHint')) }]}
            >
              <Input maxLength={64} autoCapitalize="none" spellCheck={false} />
            </Form.Item>
          </>
        )}
        {run.error && <ProblemAlert error={run.error} />}
      </Form>
    </Modal>
  );
}
