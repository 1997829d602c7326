import { leaveKinds, type LeaveKind, type UncoveredTime } from '@sc/contracts';
import { Alert, App, Form, Input, Modal, Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormModal } from '../../components/form-modal.js';
import { directoryApi, dutyKeys } from '../../api/directory.js';
import { peopleQuery } from '../../api/queries.js';
import { SiteTime } from '../../components/age.js';
import { fromWall, plusDays } from '../../lib/site-day.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';

interface Fields {
  personId: string;
  from: string;
  to: string;
  kind: LeaveKind;
}

/** Takes somebody off duty for a time; afterwards says where that leaves nobody. */
export function LeaveModal({ firstDay, onClose }: { firstDay: string; onClose: () => void }) {
  const { t } = useTranslation(['directory', 'app', 'desk', 'site']);
  const { message } = App.useApp();
  const { timeZone } = useSiteTime();
  const queries = useQueryClient();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const [form] = Form.useForm<Fields>();
  const add = useMutation({
    mutationFn: ({ personId, kind, from, to }: Fields) => {
      const at = (wall: string) => new Date(fromWall(wall, timeZone)).toISOString();
      return directoryApi.addLeave({ personId, kind, startsAt: at(from), endsAt: at(to) });
    },
    onSuccess: ({ uncovered }) => {
      for (const queryKey of dutyKeys) void queries.invalidateQueries({ queryKey });
      if (uncovered.length) return;
      void message.success(t('leave.covered'));
      onClose();
    },
  });
  const required = { required: true, message: t('desk:devices.required') };
  const open = add.data?.uncovered;
  if (open)
    return (
      <Modal
        open
        title={t('leave.title')}
        onOk={onClose}
        onCancel={onClose}
        okText={t('app:close')}
        footer={(_, { OkBtn }) => <OkBtn />}
      >
        <Alert type="warning" showIcon title={t('leave.uncovered')} description={<Times times={open} />} />
      </Modal>
    );
  return (
    <FormModal
      title={t('leave.add')}
      okText={t('leave.add')}
      form={form}
      initialValues={{ kind: 'holiday', from: `${firstDay}T00:00`, to: `${plusDays(firstDay, 1)}T00:00` }}
      save={add}
      onClose={onClose}
    >
      <Form.Item name="personId" label={t('site:people.name')} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="from" label={t('leave.from')} rules={[required]}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="to" label={t('leave.to')} rules={[required]}>
          <Input type="datetime-local" />
        </Form.Item>
      </div>
      <Form.Item name="kind" label={t('leave.kind')} extra={t('leave.kindHint')}>
        <Select options={leaveKinds.map((kind) => ({ value: kind, label: t(`leave.kinds.${kind}`) }))} />
      </Form.Item>
    </FormModal>
  );
}

function Times({ times }: { times: UncoveredTime[] }) {
  const place = usePlace();
  return (
    <ul className="plain-list">
      {times.slice(0, 10).map(({ areaId, startsAt, endsAt }) => (
        <li key={`${areaId} ${startsAt}`}>
          {place(areaId)}: <SiteTime at={startsAt} /> – <SiteTime at={endsAt} />
        </li>
      ))}
      {times.length > 10 && <li>…</li>}
    </ul>
  );
}
