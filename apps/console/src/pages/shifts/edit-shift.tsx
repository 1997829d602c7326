import { mayBeOnShift, type Shift, type UpdateShift } from '@sc/contracts';
import { App, Form, Input, Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormModal } from '../../components/form-modal.js';
import { dutyKeys } from '../../api/directory.js';
import { peopleQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { fromWall, wallMinute } from '../../lib/site-day.js';
import { useSiteTime } from '../../lib/site-time.js';

interface Fields {
  personId: string;
  from: string;
  to: string;
}

/** Other times of one shift, or another officer. */
export function EditShift({ shift, onClose }: { shift: Shift; onClose: () => void }) {
  const { t } = useTranslation(['site', 'desk', 'app']);
  const { message } = App.useApp();
  const { timeZone } = useSiteTime();
  const queries = useQueryClient();
  const officers = (useQuery(peopleQuery).data?.items ?? []).filter(({ role }) => mayBeOnShift(role));
  const [form] = Form.useForm<Fields>();
  const before: Fields = {
    personId: shift.personId,
    from: wallMinute(Date.parse(shift.startsAt), timeZone),
    to: wallMinute(Date.parse(shift.endsAt), timeZone),
  };
  const iso = (wall: string) => new Date(fromWall(wall, timeZone)).toISOString();
  const save = useMutation({
    // Only what was changed: seconds that the fields do not show stay as they are.
    mutationFn: ({ personId, from, to }: Fields) => {
      const change: UpdateShift = {};
      if (personId !== before.personId) change.personId = personId;
      if (from !== before.from) change.startsAt = iso(from);
      if (to !== before.to) change.endsAt = iso(to);
      return api.updateShift(shift.id, change);
    },
    onSuccess: () => {
      for (const queryKey of dutyKeys) void queries.invalidateQueries({ queryKey });
      void message.success(t('app:saved'));
      onClose();
    },
  });
  const required = { required: true, message: t('desk:devices.required') };
  const names = new Map([[shift.personId, shift.personName], ...officers.map((one) => [one.id, one.name] as const)]);
  return (
    <FormModal title={t('shifts.edit')} form={form} initialValues={before} save={save} onClose={onClose}>
      {shift.rotationId && <p className="muted">{t('shifts.ofRotation')}</p>}
      <Form.Item name="personId" label={t('shifts.officer')} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={[...names].map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="from" label={t('desk:shifts.from')} rules={[required]}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item
          name="to"
          label={t('desk:shifts.to')}
          dependencies={['from']}
          rules={[
            required,
            {
              validator: (_, to?: string) =>
                !to || to > ((form.getFieldValue('from') as string | undefined) ?? '')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('shifts.endsBefore'))),
            },
          ]}
        >
          <Input type="datetime-local" />
        </Form.Item>
      </div>
    </FormModal>
  );
}
