import type { PersonWorkOrderAction, WorkOrderDetail } from '@sc/contracts';
import { App, Button, Input, Modal } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { ProblemAlert } from '../../components/query-state.js';
import { newRequestId } from '../../lib/request-id.js';

/** These are judgements about somebody's work: without a reason they teach nothing. */
const needsNote: PersonWorkOrderAction[] = ['rework', 'void', 'report'];
const grave: PersonWorkOrderAction[] = ['rework', 'void'];

interface Asked {
  action: PersonWorkOrderAction;
  requestId: string;
}

/** Only what the platform allows this person now; every action is confirmed with a note. */
export function WorkOrderActions({ order }: { order: WorkOrderDetail }) {
  const { t } = useTranslation(['desk', 'words', 'app']);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const [note, setNote] = useState('');
  const act = useMutation({
    mutationFn: ({ action, requestId }: Asked) =>
      api.actOnWorkOrder(order.id, action, { requestId, note: note.trim() || undefined, attachmentIds: [] }),
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
    setNote('');
    // One id per intention: pressing the button again after a lost answer is the same request.
    setAsked({ action, requestId: newRequestId() });
  };
  const mustNote = asked !== undefined && needsNote.includes(asked.action);

  if (order.allowedActions.length === 0) return <span className="muted">{t('workOrders.noActions')}</span>;
  return (
    <>
      <div className="row-wrap">
        {order.allowedActions.map((action, index) => (
          <Button
            key={action}
            type={index === 0 && !grave.includes(action) ? 'primary' : 'default'}
            danger={grave.includes(action)}
            onClick={() => open(action)}
          >
            {t(`words:workOrderAction.${action}`)}
          </Button>
        ))}
      </div>
      <Modal
        open={asked !== undefined}
        title={
          asked && t('workOrders.confirm', { action: t(`words:workOrderAction.${asked.action}`), number: order.number })
        }
        okText={asked && t(`words:workOrderAction.${asked.action}`)}
        cancelText={t('app:cancel')}
        okButtonProps={{
          danger: asked && grave.includes(asked.action),
          disabled: mustNote && note.trim() === '',
          loading: act.isPending,
        }}
        onOk={() => asked && act.mutate(asked)}
        onCancel={() => setAsked(undefined)}
        destroyOnHidden
      >
        <div className="stack">
          <label htmlFor="action-note">{mustNote ? t('workOrders.noteRequired') : t('workOrders.noteOptional')}</label>
          <Input.TextArea
            id="action-note"
            autoFocus
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          {act.error && <ProblemAlert error={act.error} />}
        </div>
      </Modal>
    </>
  );
}
