import { ArrowLeftOutlined } from '@ant-design/icons';
import type { CatalogueDetail, CatalogueEntry } from '@sc/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { catalogueApi, catalogueEntryQuery } from '../../api/catalogue.js';
import { keys } from '../../api/keys.js';
import { usePerson } from '../../app/session.js';
import { Panel } from '../../components/page.js';
import { ProblemAlert, QueryState } from '../../components/query-state.js';
import { useText } from '../../lib/use-words.js';
import { DecideButtons } from './decide-buttons.js';
import { EntryFacts } from './entry-facts.js';
import { EntryForm } from './entry-form.js';
import { Mistakes } from './mistakes.js';

/** One entry: what it asks for, and what may be done with it. */
export function EntryPanel({ code, all }: { code: string; all: CatalogueEntry[] }) {
  const query = useQuery(catalogueEntryQuery(code));
  const { t } = useTranslation('catalogue');
  return (
    <div>
      <Link to="/catalogue" className="page-back catalogue-back">
        <ArrowLeftOutlined /> {t('tree')}
      </Link>
      <QueryState query={query}>{(entry) => <Entry entry={entry} all={all} />}</QueryState>
    </div>
  );
}

function Entry({ entry, all }: { entry: CatalogueDetail; all: CatalogueEntry[] }) {
  const { t } = useTranslation(['catalogue', 'app']);
  const text = useText();
  const me = usePerson();
  const [editing, setEditing] = useState(false);
  const own = entry.proposal?.by?.id === me.id && (entry.state === 'proposed' || entry.state === 'refused');
  const may = entry.may.change || own;
  return (
    <Panel
      title={text(entry.title)}
      extra={
        <>
          {entry.may.decide && <DecideButtons codes={[entry.code]} />}
          {may && <Button onClick={() => setEditing(true)}>{t('edit')}</Button>}
        </>
      }
    >
      <div className="stack">
        {entry.newerDefault && <NewerDefault entry={entry} />}
        <EntryFacts entry={entry} all={all} />
        {may && <Endings entry={entry} />}
      </div>
      {editing && <EntryForm all={all} entry={entry} onClose={() => setEditing(false)} />}
    </Panel>
  );
}

function NewerDefault({ entry }: { entry: CatalogueDetail }) {
  const { t } = useTranslation('catalogue');
  const queries = useQueryClient();
  const take = useMutation({
    mutationFn: () => catalogueApi.takeDefault(entry.code, entry.version),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.catalogue }),
  });
  return (
    <Alert
      type="info"
      showIcon
      title={t('newerDefault')}
      description={take.error && <ProblemAlert error={take.error} />}
      action={
        entry.may.change && (
          <Popconfirm title={t('takeDefaultText')} onConfirm={() => take.mutate()}>
            <Button size="small" loading={take.isPending}>
              {t('takeDefault')}
            </Button>
          </Popconfirm>
        )
      }
    />
  );
}

/** Out of use or back; away altogether where nothing refers to it. */
function Endings({ entry }: { entry: CatalogueDetail }) {
  const { t } = useTranslation(['catalogue', 'app']);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { code, state, may, origin } = entry;
  const fresh = () => queries.invalidateQueries({ queryKey: keys.catalogue });
  const retire = useMutation({
    mutationFn: (retired: boolean) => catalogueApi.retire(code, { retired }),
    onSuccess: fresh,
  });
  const remove = useMutation({
    mutationFn: () => catalogueApi.remove(code),
    onSuccess: async () => {
      await navigate('/catalogue');
      await fresh();
    },
  });
  const problem = retire.error ?? remove.error;
  return (
    <>
      <div className="catalogue-endings">
        {may.change && state === 'active' && (
          <Popconfirm title={t('retireText')} onConfirm={() => retire.mutate(true)}>
            <Button loading={retire.isPending}>{t('retire')}</Button>
          </Popconfirm>
        )}
        {may.change && state === 'retired' && (
          <Button loading={retire.isPending} onClick={() => retire.mutate(false)}>
            {t('return')}
          </Button>
        )}
        {origin === 'own' && (
          <Popconfirm title={t('removeText')} onConfirm={() => remove.mutate()}>
            <Button danger loading={remove.isPending}>
              {t('remove')}
            </Button>
          </Popconfirm>
        )}
      </div>
      {problem && <Mistakes error={problem} />}
    </>
  );
}
