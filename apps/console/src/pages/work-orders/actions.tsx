import type { PersonWorkOrderAction, WorkOrderDetail } from '@sc/contracts';
import { DownOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Input, Modal } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { FirstField } from '../../components/first-field.js';
import { ProblemAlert } from '../../components/query-state.js';
import { newRequestId } from '../../lib/request-id.js';
import { detailsOf, emptyForm, isComplete, needsNote, type StepForm } from './step-details.js';
import { StepFields } from './step-fields.js';

const grave: readonly PersonWorkOrderAction[] = ['rework', 'void', 'return', 'refuse-extension'];
/** The way of a case, and what waits for an answer; all else is in a menu. */
const upFront: readonly PersonWorkOrderAction[] = [
  'accept',
  'start',
  'report',
  'self-handled',
  'verify',
  'rework',
  'close',
  'evaluate',
  'answer',
  'grant-extension',
  'refuse-extension',
  'resume',
  'assist-done',
];

interface Asked {
  action: PersonWorkOrderAction;
  requestId: string;
}

/** Only what the platform allows this person now; every action is confirmed, with what it needs. */
export function WorkOrderActions({ order }: { order: WorkOrderDetail }) {
  const { t } = useTranslation(['desk', 'words', 'app', 'cases']);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const [form, setForm] = useState<StepForm>(emptyForm('note'));
  const act = useMutation({
    mutationFn: ({ action, requestId }: Asked) =>
      api.actOnWorkOrder(order.id, action, {
        requestId,
        note: form.note.trim() || undefined,
        attachmentIds: [],
        ...detailsOf(action, form, Date.now()),
      }),
    onSuccess: (detail, { action }) => {
      queries.setQueryData(keys.workOrder(order.id), detail);
      void queries.invalidateQueries({ queryKey: keys.workOrderLists });
      void message.success(t('workOrders.done', { action: t(`words:workOrderAction.${action}`) }));
      setAsked(undefined);
    },
    onError: () => queries.invalidateQueries({ queryKey: keys.workOrder(order.id) }),
  });
  const open = (action: PersonWorkOrderAction) => {
    act.reset();
    setForm(emptyForm(action));
    // One id per intention: pressing the button again after a lost answer is the same request.
    setAsked({ action, requestId: newRequestId() });
  };
  const change = (part: Partial<StepForm>) => setForm((old) => ({ ...old, ...part }));

  if (order.allowedActions.length === 0) return <span className="muted">{t('workOrders.noActions')}</span>;
  const first = order.allowedActions.filter((action) => upFront.includes(action));
  const others = order.allowedActions.filter((action) => !upFront.includes(action));
  return (
    <>
      <div className="row-wrap">
        {first.map((action, index) => (
          <Button
            key={action}
            type={index === 0 && !grave.includes(action) ? 'primary' : 'default'}
            danger={grave.includes(action)}
            onClick={() => open(action)}
          >
            {t(`words:workOrderAction.${action}`)}
          </Button>
        ))}
        {others.length > 0 && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: others.map((action) => ({
                key: action,
                danger: grave.includes(action),
                label: t(`words:workOrderAction.${action}`),
                onClick: () => open(action),
              })),
            }}
          >
            <Button icon={<DownOutlined />} iconPlacement="end">
              {t('cases:more')}
            </Button>
          </Dropdown>
        )}
      </div>
      {asked && (
        <Modal
          open
          title={t('workOrders.confirm', {
            action: t(`words:workOrderAction.${asked.action}`),
            number: order.number,
          })}
          okText={t(`words:workOrderAction.${asked.action}`)}
          cancelText={t('app:cancel')}
          okButtonProps={{
            danger: grave.includes(asked.action),
            disabled: !isComplete(asked.action, form),
            loading: act.isPending,
          }}
          onOk={() => act.mutate(asked)}
          onCancel={() => setAsked(undefined)}
          destroyOnHidden
        >
          <FirstField className="stack">
            <StepFields action={asked.action} order={order} form={form} onChange={change} />
            <label htmlFor="action-note">
              {needsNote(asked.action) ? t('workOrders.noteRequired') : t('workOrders.noteOptional')}
            </label>
            <Input.TextArea
              id="action-note"
              autoSize={{ minRows: 3, maxRows: 8 }}
              maxLength={2000}
              value={form.note}
              onChange={(event) => change({ note: event.target.value })}
            />
            {act.error && <ProblemAlert error={act.error} />}
          </FirstField>
        </Modal>
      )}
    </>
  );
}
