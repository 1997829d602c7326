import type { CatalogueEntry } from '@sc/contracts';
import { Tree } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Panel } from '../../components/page.js';
import { Calm } from '../../components/query-state.js';
import { useText } from '../../lib/use-words.js';
import { EntryState } from './entry-state.js';
import { found, treeOf } from './tree-nodes.js';

interface Props {
  entries: CatalogueEntry[];
  search: string;
  selected: string | undefined;
}

/** Thousands of lines scroll within the panel: only those in sight are drawn. */
export function CatalogueTree({ entries, search, selected }: Props) {
  const { t } = useTranslation('catalogue');
  const text = useText();
  const navigate = useNavigate();
  const hits = useMemo(() => found(entries, search), [entries, search]);
  const nodes = useMemo(() => treeOf(hits, ({ title }) => text(title)), [hits, text]);
  const tops = useMemo(() => entries.filter(({ parent }) => parent === null).map(({ code }) => code), [entries]);
  const [opened, setOpened] = useState<React.Key[]>();
  const searching = search.trim() !== '';
  const expanded = searching ? hits.map(({ code }) => code) : (opened ?? [...tops, ...above(entries, selected)]);
  return (
    <Panel>
      {hits.length === 0 ? (
        <Calm title={t('noneFound')} />
      ) : (
        <Tree
          blockNode
          showLine
          virtual
          height={640}
          treeData={nodes}
          expandedKeys={expanded}
          onExpand={(next) => !searching && setOpened(next)}
          selectedKeys={selected ? [selected] : []}
          onSelect={([key]) => key !== undefined && void navigate(`/catalogue/${key}`)}
          titleRender={({ entry, title, children }) => (
            <span className="catalogue-line">
              {title}
              {entry.kind === 'branch' && <span className="muted">{children.length}</span>}
              {entry.state !== 'active' && <EntryState state={entry.state} />}
            </span>
          )}
        />
      )}
    </Panel>
  );
}

function above(entries: CatalogueEntry[], code: string | undefined): string[] {
  const byCode = new Map(entries.map((entry) => [entry.code, entry]));
  const path: string[] = [];
  for (let next = byCode.get(code ?? ''); next && !path.includes(next.code); next = byCode.get(next.parent ?? ''))
    path.push(next.code);
  return path;
}
