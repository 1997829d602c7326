import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogueApi } from '../../api/catalogue.js';
import { keys } from '../../api/keys.js';
import { ProblemAlert } from '../../components/query-state.js';

/** Admits or refuses what waits: all of it or none. A refusal says why. */
export function DecideButtons({ codes, onDone }: { codes: string[]; onDone?: () => void }) {
  const { t } = useTranslation(['catalogue', 'app']);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<'admit' | 'refuse'>();
  const [note, setNote] = useState('');
  const decide = useMutation({
    mutationFn: () =>
      catalogueApi.decide({ codes, admit: asking === 'admit', ...(note.trim() ? { note: note.trim() } : {}) }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.catalogue });
      void message.success(t('app:saved'));
      setAsking(undefined);
      onDone?.();
    },
  });
  return (
    <>
      <Button type="primary" disabled={!codes.length} onClick={() => setAsking('admit')}>
        {t('admit')}
      </Button>
      <Button disabled={!codes.length} onClick={() => setAsking('refuse')}>
        {t('refuse')}
      </Button>
      {asking && (
        <Modal
          open
          title={t(asking === 'admit' ? 'admitTitle' : 'refuseTitle', { count: codes.length })}
          okText={t(asking)}
          cancelText={t('app:cancel')}
          okButtonProps={{ loading: decide.isPending, disabled: asking === 'refuse' && !note.trim() }}
          onOk={() => decide.mutate()}
          onCancel={() => setAsking(undefined)}
        >
          <div className="stack">
            <label>
              {t(asking === 'admit' ? 'note' : 'noteNeeded')}
              <Input.TextArea
                rows={3}
                maxLength={1000}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            </label>
            {decide.error && <ProblemAlert error={decide.error} />}
          </div>
        </Modal>
      )}
    </>
  );
}
