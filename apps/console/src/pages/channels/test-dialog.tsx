import { reachesGroup, type SiteChannel } from '@sc/contracts';
import { Alert, Form, Input, Modal } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelsApi } from '../../api/channels.js';
import { ProblemAlert } from '../../components/query-state.js';
import { useReason } from './use-reason.js';

/** One message through the real channel, and what came of it. */
export function TestDialog({ channel, onClose }: { channel: SiteChannel; onClose: () => void }) {
  const { t } = useTranslation(['channels', 'app']);
  const reason = useReason();
  const [address, setAddress] = useState('');
  const test = useMutation({ mutationFn: () => channelsApi.test(channel.id, address.trim() || undefined) });
  const takesAddress = !reachesGroup(channel.kind) && channel.kind !== 'web-push' && channel.kind !== 'in-app';
  const result = test.data;
  return (
    <Modal
      open
      title={t('testTitle', { name: channel.kind === 'in-app' ? t('kind.in-app') : channel.name })}
      okText={t('testSend')}
      cancelText={t('app:close')}
      okButtonProps={{ loading: test.isPending }}
      onOk={() => test.mutate()}
      onCancel={onClose}
    >
      <div className="stack">
        {takesAddress && (
          <Form layout="vertical">
            <Form.Item label={t('testTo')} extra={t('testHint')} htmlFor="channel-test-address">
              <Input
                id="channel-test-address"
                value={address}
                onChange={(event) => setAddress(event.target.value)}
                autoCapitalize="none"
                spellCheck={false}
              />
            </Form.Item>
          </Form>
        )}
        {result && (
          <Alert
            role="status"
            showIcon
            type={result.outcome === 'delivered' ? 'success' : result.outcome === 'later' ? 'warning' : 'error'}
            title={t(`outcome.${result.outcome}`, { ms: result.tookMs, reason: reason(result.reason ?? '') })}
          />
        )}
        {test.error && <ProblemAlert error={test.error} />}
      </div>
    </Modal>
  );
}
