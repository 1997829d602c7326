import type { Bridge, BridgeCredentials } from '@sc/contracts';
import { Alert, Button, Modal, Popconfirm } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { keys } from '../../api/keys.js';
import { bridgesQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { SiteTime } from '../../components/age.js';
import { CopyLine } from '../../components/copy-line.js';
import { Facts, Page, Panel } from '../../components/page.js';
import { Calm, ProblemAlert, QueryState } from '../../components/query-state.js';
import { ConnectionMark } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { CameraForm, RegisterBridgeForm } from './forms.js';

export function BridgesPage() {
  const { t } = useTranslation('cameras');
  const bridges = useQuery(bridgesQuery);
  const [registering, setRegistering] = useState(false);
  const [credentials, setCredentials] = useState<BridgeCredentials>();
  return (
    <Page
      title={t('bridges.title')}
      extra={
        <Button type="primary" onClick={() => setRegistering(true)}>
          {t('bridges.register')}
        </Button>
      }
    >
      <p className="muted">{t('bridges.intro')}</p>
      <QueryState query={bridges}>
        {({ items }) =>
          items.length === 0 ? (
            <Calm title={t('bridges.none')} text={t('bridges.noneText')} />
          ) : (
            <div className="stack">
              {items.map((bridge) => (
                <BridgePanel key={bridge.id} bridge={bridge} onCredentials={setCredentials} />
              ))}
            </div>
          )
        }
      </QueryState>
      {registering && (
        <RegisterBridgeForm
          onClose={() => setRegistering(false)}
          onDone={(answer) => {
            setRegistering(false);
            setCredentials(answer);
          }}
        />
      )}
      {credentials && <BridgeCredentialsModal credentials={credentials} onClose={() => setCredentials(undefined)} />}
    </Page>
  );
}

function BridgePanel({ bridge, onCredentials }: { bridge: Bridge; onCredentials: (c: BridgeCredentials) => void }) {
  const { t } = useTranslation('cameras');
  const place = usePlace();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const changed = () => void queries.invalidateQueries({ queryKey: keys.bridges });
  const rotate = useMutation({ mutationFn: () => api.rotateBridgeSecret(bridge.id), onSuccess: onCredentials });
  const retire = useMutation({ mutationFn: () => api.retireBridge(bridge.id), onSuccess: changed });
  const inUse = bridge.state === 'registered';
  const error = rotate.error ?? retire.error;
  return (
    <Panel
      title={bridge.name}
      extra={
        inUse && (
          <>
            <Button onClick={() => setAdding(true)}>{t('bridges.addCamera')}</Button>
            <Popconfirm title={t('bridges.rotateConfirm')} onConfirm={() => rotate.mutate()}>
              <Button loading={rotate.isPending}>{t('bridges.rotate')}</Button>
            </Popconfirm>
            <Popconfirm title={t('bridges.retireConfirm')} onConfirm={() => retire.mutate()}>
              <Button danger loading={retire.isPending}>
                {t('bridges.retire')}
              </Button>
            </Popconfirm>
          </>
        )
      }
    >
      {error && <ProblemAlert error={error} />}
      <Facts
        items={[
          [t('bridges.slug'), <code>{bridge.id}</code>],
          [t('bridges.area'), place(bridge.areaId)],
          [t('bridges.prefix'), <code>{bridge.topicPrefix}</code>],
          [t('bridges.baseUrl'), bridge.baseUrl ?? '–'],
          [
            t('bridges.reviewedUntil'),
            bridge.reviewedUntil ? <SiteTime at={bridge.reviewedUntil} /> : t('bridges.never'),
          ],
          [t('bridges.state'), <ConnectionMark device={bridge} />],
        ]}
      />
      <h3>{t('bridges.cameras')}</h3>
      {bridge.cameras.length === 0 && <span className="muted">{t('bridges.noCameras')}</span>}
      <ul className="bridge-cameras">
        {bridge.cameras.map(({ deviceId, externalId, name }) => (
          <li key={deviceId}>
            <Link to={`/devices/${deviceId}`}>{name}</Link> <code>{externalId}</code>
          </li>
        ))}
      </ul>
      {adding && <CameraForm bridge={bridge} onClose={() => setAdding(false)} />}
    </Panel>
  );
}

/** The only time the secret is seen. */
function BridgeCredentialsModal({ credentials, onClose }: { credentials: BridgeCredentials; onClose: () => void }) {
  const { t } = useTranslation('cameras');
  return (
    <Modal
      open
      title={`${t('bridges.secretTitle')} · ${credentials.bridge.name}`}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('bridges.done')}
        </Button>
      }
    >
      <div className="stack">
        <Alert type="warning" showIcon title={t('bridges.secretOnce')} />
        <CopyLine name={t('bridges.user')} value={credentials.userName} />
        <CopyLine name={t('bridges.secret')} value={credentials.secret} />
        <CopyLine name={t('bridges.prefix')} value={credentials.bridge.topicPrefix} />
      </div>
    </Modal>
  );
}
