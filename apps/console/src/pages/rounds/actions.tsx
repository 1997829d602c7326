import type { RoundDetail } from '@sc/contracts';
import { Button, Form, Input, Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { peopleQuery } from '../../api/queries.js';
import { roundsApi } from '../../api/rounds.js';
import { FormModal } from '../../components/form-modal.js';

type Open = 'assign' | 'cancel';

/** What the control room decides about a round. */
export function RoundActions({ round }: { round: RoundDetail }) {
  const { t } = useTranslation('rounds');
  const [open, setOpen] = useState<Open>();
  const buttons = (['assign', 'cancel'] as const).filter((one) => round.allowedActions.includes(one));
  return (
    <>
      {buttons.map((one) => (
        <Button key={one} danger={one === 'cancel'} onClick={() => setOpen(one)}>
          {t(one)}
        </Button>
      ))}
      {open && <Decision round={round} open={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Decision({ round, open, onClose }: { round: RoundDetail; open: Open; onClose: () => void }) {
  const { t } = useTranslation(['rounds', 'app']);
  const queries = useQueryClient();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const [form] = Form.useForm<{ personId: string; reason: string }>();
  const decide = useMutation({
    mutationFn: ({ personId, reason }: { personId: string; reason: string }) =>
      open === 'assign' ? roundsApi.assign(round.id, personId) : roundsApi.cancel(round.id, reason.trim()),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.allRounds });
      onClose();
    },
  });
  const required = { required: true, message: t('form.required') };
  return (
    <FormModal
      title={open === 'assign' ? t('assignTitle') : t('cancelTitle')}
      okText={t(open)}
      danger={open === 'cancel'}
      form={form}
      initialValues={{}}
      save={decide}
      onClose={onClose}
    >
      {open === 'assign' ? (
        <Form.Item name="personId" label={t('form.person')} rules={[required]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={people
              .filter(({ role }) => role === 'officer')
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      ) : (
        <Form.Item name="reason" label={t('reason')} rules={[required, { min: 3, message: t('form.required') }]}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} />
        </Form.Item>
      )}
    </FormModal>
  );
}
