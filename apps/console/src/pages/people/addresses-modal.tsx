import { addressKinds, personAddressesSchema, type PersonAddresses, type Staff } from '@sc/contracts';
import { App, Form, Input, Modal } from 'antd';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { directoryApi } from '../../api/directory.js';
import { ProblemAlert, QueryState } from '../../components/query-state.js';

/** Where somebody is reached, set by an administrator: many officers never open their own settings. */
export function AddressesModal({ person, onClose }: { person: Staff; onClose: () => void }) {
  const { t } = useTranslation(['directory', 'channels', 'app']);
  const { message } = App.useApp();
  const [form] = Form.useForm<PersonAddresses>();
  // Personal data: asked for when the window opens, and kept no longer.
  const query = useQuery({
    queryKey: ['person-addresses', person.id],
    queryFn: (c) => directoryApi.addresses(person.id, c),
    gcTime: 0,
  });
  const save = useMutation({
    mutationFn: (body: PersonAddresses) => directoryApi.saveAddresses(person.id, body),
    onSuccess: () => {
      void message.success(t('app:saved'));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={`${t('addresses.title')} · ${person.name}`}
      okText={t('app:save')}
      cancelText={t('app:cancel')}
      okButtonProps={{ loading: save.isPending, disabled: !query.data }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="muted">{t('addresses.text')}</p>
      <QueryState query={query}>
        {(data) => (
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={data}
            onFinish={(fields) => save.mutate(fields)}
          >
            {addressKinds.map((kind) => (
              <Form.Item
                key={kind}
                name={kind}
                label={t(`channels:own.${kind}`)}
                normalize={(value: string) => value.trim() || null}
                rules={[
                  {
                    validator: (_, value) =>
                      personAddressesSchema.shape[kind].safeParse(value).success
                        ? Promise.resolve()
                        : Promise.reject(new Error(t('channels:own.badAddress', { what: t(`channels:own.${kind}`) }))),
                  },
                ]}
              >
                <Input maxLength={254} autoComplete="off" autoCapitalize="none" spellCheck={false} />
              </Form.Item>
            ))}
            {save.error && <ProblemAlert error={save.error} />}
          </Form>
        )}
      </QueryState>
    </Modal>
  );
}
