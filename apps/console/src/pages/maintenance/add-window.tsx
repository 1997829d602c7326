import { maintenanceLimits } from '@sc/contracts';
import { Alert, App, Checkbox, Form, Input, InputNumber, Segmented, Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { mapDevicesQuery, useDomains } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { usePerson } from '../../app/session.js';
import { AreaSelect } from '../../components/area-select.js';
import { FormModal } from '../../components/form-modal.js';
import { dayOf, instantOf } from '../../lib/site-day.js';
import { useNow, useSiteTime } from '../../lib/site-time.js';
import { useText } from '../../lib/use-words.js';

interface Fields {
  of: 'place' | 'device';
  areaId?: string;
  domain?: string;
  deviceId?: string;
  begins: 'now' | 'later';
  day: string;
  time: string;
  hours: number;
  lifeSafety: boolean;
  reason: string;
}

const hourMs = 3_600_000;

/** Of what, when, how long and why; nothing longer than this person's role may. */
export function AddWindow({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['silences', 'desk', 'app']);
  const { message } = App.useApp();
  const { timeZone } = useSiteTime();
  const now = useNow();
  const text = useText();
  const queries = useQueryClient();
  const { ordinaryMs, lifeSafetyMs } = maintenanceLimits[usePerson().role];
  const domains = useDomains();
  const devices = useQuery(mapDevicesQuery).data?.items ?? [];
  const [form] = Form.useForm<Fields>();
  const of = Form.useWatch('of', form) ?? 'place';
  const later = Form.useWatch('begins', form) === 'later';
  const lifeSafety = Form.useWatch('lifeSafety', form) ?? false;
  const longest = (lifeSafety ? lifeSafetyMs : ordinaryMs) / hourMs;
  const add = useMutation({
    mutationFn: (wish: Fields) => {
      const startsAt = wish.begins === 'later' ? instantOf(wish.day, wish.time, timeZone) : now;
      return api.createMaintenanceWindow({
        ...(wish.of === 'device' ? { deviceId: wish.deviceId } : { areaId: wish.areaId, domain: wish.domain }),
        ...(wish.begins === 'later' ? { startsAt: new Date(startsAt).toISOString() } : {}),
        endsAt: new Date(startsAt + wish.hours * hourMs).toISOString(),
        lifeSafety: wish.lifeSafety,
        reason: wish.reason.trim(),
      });
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.maintenance });
      void queries.invalidateQueries({ queryKey: keys.allAlarms });
      void message.success(t('windows.added'));
      onClose();
    },
  });
  const required = { required: true, message: t('desk:devices.required') };
  return (
    <FormModal
      title={t('windows.add')}
      okText={t('windows.add')}
      form={form}
      initialValues={{
        of: 'place',
        begins: 'now',
        day: dayOf(now, timeZone),
        time: '08:00',
        hours: 2,
        lifeSafety: false,
      }}
      save={add}
      onClose={onClose}
    >
      <Form.Item name="of" label={t('windows.of')}>
        <Segmented
          options={[
            { value: 'place', label: t('windows.place') },
            { value: 'device', label: t('windows.device') },
          ]}
        />
      </Form.Item>
      {of === 'place' ? (
        <div className="field-row">
          <Form.Item name="areaId" label={t('windows.area')} rules={[required]}>
            <AreaSelect allowClear={false} width="100%" />
          </Form.Item>
          <Form.Item name="domain" label={t('windows.domain')}>
            <Select
              allowClear
              placeholder={t('windows.anyDomain')}
              options={domains.map(({ name, title }) => ({ value: name, label: text(title) }))}
            />
          </Form.Item>
        </div>
      ) : (
        <Form.Item name="deviceId" label={t('windows.deviceId')} rules={[required]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={devices.map(({ id, name }) => ({ value: id, label: `${name} · ${id}` }))}
          />
        </Form.Item>
      )}
      <div className="field-row">
        <Form.Item name="begins" label={t('windows.begins')}>
          <Segmented options={(['now', 'later'] as const).map((value) => ({ value, label: t(`windows.${value}`) }))} />
        </Form.Item>
        {later && (
          <>
            <Form.Item name="day" label={t('windows.when')} rules={[required]}>
              <Input type="date" />
            </Form.Item>
            <Form.Item name="time" label=" " rules={[required]}>
              <Input type="time" aria-label={t('windows.when')} />
            </Form.Item>
          </>
        )}
        <Form.Item
          name="hours"
          label={t('windows.lasts')}
          extra={t('windows.limit', { hours: longest })}
          rules={[required, { type: 'number', max: longest, message: t('windows.limit', { hours: longest }) }]}
        >
          <InputNumber min={0.25} step={0.5} />
        </Form.Item>
      </div>
      {lifeSafetyMs > 0 && (
        <Form.Item name="lifeSafety" valuePropName="checked">
          <Checkbox>{t('windows.lifeSafetyToo', { hours: lifeSafetyMs / hourMs })}</Checkbox>
        </Form.Item>
      )}
      {lifeSafety && <Alert type="warning" showIcon title={t('windows.lifeSafetyWarning')} />}
      <Form.Item name="reason" label={t('windows.reason')} rules={[required, { min: 3 }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} placeholder={t('reasonPlaceholder')} />
      </Form.Item>
    </FormModal>
  );
}
