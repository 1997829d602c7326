import {
  type ChannelField,
  channelFields,
  type ChannelKind,
  channelKinds,
  channelSettingsSchemas,
  reachesGroup,
  severities,
  type SiteChannel,
} from '@sc/contracts';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKeys, channelsApi } from '../../api/channels.js';
import { AreaSelect } from '../../components/area-select.js';
import { FormModal } from '../../components/form-modal.js';

type Values = Record<string, unknown>;
interface Fields {
  kind: ChannelKind;
  name: string;
  settings?: Values;
  secrets?: Values;
  scope?: {
    areaId?: string | null;
    leastSeverity?: SiteChannel['scope']['leastSeverity'];
    topics?: SiteChannel['scope']['topics'];
  };
}

/** What a schema itself fills in, shown before it is sent. */
function defaultsOf(kind: ChannelKind): Values {
  const shape: Record<string, { safeParse(value: unknown): { success: boolean; data?: unknown } }> =
    channelSettingsSchemas[kind].shape;
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.safeParse(undefined).data]));
}

/** Without what was left empty. */
const filled = (values: Values = {}): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );

export function ChannelForm({ channel, onClose }: { channel?: SiteChannel; onClose: () => void }) {
  const { t } = useTranslation(['channels', 'app', 'words']);
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? 'e-mail');
  const save = useMutation({
    mutationFn: ({ name, settings, secrets, scope }: Fields) => {
      const places = {
        areaId: scope?.areaId ?? null,
        leastSeverity: scope?.leastSeverity ?? 'unknown',
        topics: scope?.topics ?? ['alarms', 'work-orders'],
      } satisfies SiteChannel['scope'];
      const body = { name, settings: filled(settings), secrets: filled(secrets), scope: places };
      return channel ? channelsApi.update(channel.id, body) : channelsApi.create({ kind, ...body });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: channelKeys.all });
      onClose();
    },
  });
  const required = { required: true, message: t('required') };
  return (
    <FormModal
      title={channel ? channel.name : t('add')}
      okText={t('save')}
      form={form}
      initialValues={
        channel ?? {
          kind,
          settings: defaultsOf(kind),
          scope: { leastSeverity: 'unknown', topics: ['alarms', 'work-orders'] },
        }
      }
      save={save}
      onClose={onClose}
    >
      {!channel && (
        <Form.Item name="kind" label={t('choose')}>
          <Select
            options={channelKinds
              .filter((one) => one !== 'in-app')
              .map((one) => ({ value: one, label: t(`kind.${one}`) }))}
            onChange={(next: ChannelKind) => {
              setKind(next);
              form.setFieldsValue({ settings: defaultsOf(next) });
            }}
          />
        </Form.Item>
      )}
      <Form.Item name="name" label={t('name')} rules={[{ ...required, whitespace: true }]}>
        <Input maxLength={120} />
      </Form.Item>
      {channelFields[kind].settings.map((field) => (
        <FieldItem key={`${kind} ${field.name}`} part="settings" field={field} />
      ))}
      {channelFields[kind].secrets.map((field) => (
        <FieldItem
          key={`${kind} secret ${field.name}`}
          part="secrets"
          field={field}
          isKept={channel?.secretsSet.includes(field.name) ?? false}
        />
      ))}
      {reachesGroup(kind) && (
        <>
          <Form.Item name={['scope', 'areaId']} label={t('scope.area')}>
            <AreaSelect width="100%" placeholder={t('scope.everywhere')} />
          </Form.Item>
          <Form.Item name={['scope', 'leastSeverity']} label={t('scope.severity')}>
            <Select options={severities.map((one) => ({ value: one, label: t(`words:severity.${one}`) }))} />
          </Form.Item>
          <Form.Item name={['scope', 'topics']} label={t('scope.topics')} rules={[required]}>
            <Checkbox.Group
              options={(['alarms', 'work-orders'] as const).map((one) => ({ value: one, label: t(`topic.${one}`) }))}
            />
          </Form.Item>
        </>
      )}
    </FormModal>
  );
}

const placeholderNames = ['phone', 'phoneChina', 'text', 'title', 'body', 'link', 'id', 'secret']
  .map((one) => `{{${one}}}`)
  .join(' ');

function FieldItem({
  part,
  field,
  isKept = false,
}: {
  part: 'settings' | 'secrets';
  field: ChannelField;
  isKept?: boolean;
}) {
  const { t, i18n } = useTranslation('channels');
  const { name, type, choices, required } = field;
  const isSecret = part === 'secrets';
  const hint = i18n.exists(`hint.${name}`, { ns: 'channels' })
    ? t(`hint.${name as 'body'}`, { names: placeholderNames, interpolation: { skipOnVariables: true } })
    : undefined;
  const choiceText = (one: string) =>
    i18n.exists(`choice.${one}`, { ns: 'channels' }) ? t(`choice.${one as 'tls'}`) : one;
  return (
    <Form.Item
      name={[part, name]}
      label={t(`field.${name as 'url'}`)}
      extra={isKept ? t('keepSecret') : hint}
      rules={required && !isKept ? [{ required: true, message: t('required') }] : []}
    >
      {isSecret ? (
        <Input.Password autoComplete="new-password" visibilityToggle={false} />
      ) : type === 'number' ? (
        <InputNumber style={{ width: '100%' }} />
      ) : type === 'choice' ? (
        <Select options={choices?.map((one) => ({ value: one, label: choiceText(one) })) ?? []} />
      ) : type === 'long-text' ? (
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} spellCheck={false} />
      ) : (
        <Input autoCapitalize="none" spellCheck={false} />
      )}
    </Form.Item>
  );
}
