import { App, Button, Form, Input, Select } from 'antd';
import { type HandoverAction, type HandoverDetail, handoverLimits, handoverActions } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { handoverReceiversQuery, handoversApi } from '../../api/handovers.js';
import { FormModal } from '../../components/form-modal.js';
import { useSiteTime } from '../../lib/site-time.js';
import { useHandoverChange } from './use-handover-change.js';

interface Fields {
  receiverId?: string;
  words?: string;
}
const first: ReadonlySet<HandoverAction> = new Set(['hand-over', 'accept']);
const asksWhy: ReadonlySet<HandoverAction> = new Set(['return', 'discard']);

/** What the person may do with it now. */
export function HandoverActions({ handover }: { handover: HandoverDetail }) {
  const { t } = useTranslation('handovers');
  const [asked, setAsked] = useState<HandoverAction>();
  const allowed = handoverActions.filter((action) => handover.allowedActions.includes(action));
  return (
    <>
      {allowed.map((action) => (
        <Button
          key={action}
          type={first.has(action) ? 'primary' : 'default'}
          danger={action === 'discard'}
          onClick={() => setAsked(action)}
        >
          {t(`action.${action}`)}
        </Button>
      ))}
      {asked && <Ask action={asked} handover={handover} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function Ask({ action, handover, onClose }: { action: HandoverAction; handover: HandoverDetail; onClose: () => void }) {
  const { t } = useTranslation('handovers');
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const change = useHandoverChange();
  // As it was read when the dialog was opened: what is written meanwhile has to be read first.
  const [basedOn] = useState(handover.version);
  const save = {
    isPending: change.isPending,
    error: change.error,
    mutate: ({ receiverId, words }: Fields) =>
      change.mutate(
        () =>
          handoversApi.move(handover.id, action, {
            basedOn,
            ...(receiverId ? { receiverId } : {}),
            ...(words?.trim() ? { words: words.trim() } : {}),
          }),
        {
          onSuccess: () => {
            void message.success(t(`moved.${action}`));
            onClose();
          },
        },
      ),
  };
  const why = asksWhy.has(action);
  return (
    <FormModal<Fields>
      title={t(`action.${action}`)}
      okText={t(`action.${action}`)}
      form={form}
      initialValues={{}}
      save={save}
      onClose={onClose}
    >
      <p className="muted">{t(`ask.${action}`)}</p>
      {action === 'hand-over' && <ReceiverField id={handover.id} />}
      <Form.Item
        name="words"
        label={t(why ? 'wordsWhy' : 'words')}
        rules={why ? [{ required: true, whitespace: true, message: t('required') }] : []}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={handoverLimits.words} />
      </Form.Item>
    </FormModal>
  );
}

/** Whoever is on duty next stands first. */
function ReceiverField({ id }: { id: string }) {
  const { t } = useTranslation(['handovers', 'words']);
  const { format } = useSiteTime();
  const receivers = useQuery(handoverReceiversQuery(id));
  const items = receivers.data?.items ?? [];
  return (
    <Form.Item
      name="receiverId"
      label={t('toWhom')}
      rules={[{ required: true, message: t('requiredReceiver') }]}
      {...(receivers.data && items.length === 0 ? { help: t('nobody'), validateStatus: 'warning' as const } : {})}
    >
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        loading={receivers.isPending}
        options={items.map(({ id: value, name, role, shift }) => ({
          value,
          label: `${name} · ${t(`words:role.${role}`)} · ${
            shift
              ? t('nextShift', { from: format(shift.startsAt, 'minute'), to: format(shift.endsAt, 'minute') })
              : t('notPlanned')
          }`,
        }))}
      />
    </Form.Item>
  );
}
