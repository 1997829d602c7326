import type { Area, Position } from '@sc/contracts';
import { App, Button, Tabs } from 'antd';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker, useNavigate } from 'react-router';
import { keys } from '../../api/keys.js';
import { mapApi, mapQuery } from '../../api/map.js';
import { api } from '../../api/resources.js';
import { ProblemAlert } from '../../components/query-state.js';
import { drawable } from '../map/drawable.js';
import { middleOf, spotOf } from '../map/shapes.js';
import { CheckResult } from './check-result.js';
import { CornersTable } from './corners-table.js';
import { begin, type Draft, isSame, push, redo, undo } from './draft.js';
import { GeoJsonBox } from './geojson-box.js';

const DrawMap = lazy(() => import('./draw-map.js'));
/** What somebody drags is checked when it rests. */
const restMs = 300;

export function ShapeEditor({ area, all }: { area: Area; all: Area[] }) {
  const { t } = useTranslation(['map', 'desk', 'app']);
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [history, setHistory] = useState(() => begin(area.shape));
  const [drawing, setDrawing] = useState(false);
  const [shown, setShown] = useState<{ at: Position }>();
  const draft = history.now;
  const canDraw = drawable();
  const onDraft = (next: Draft) => setHistory((before) => push(before, next));
  const changed = !isSame(draft, area.shape);

  const around = useMemo(
    () =>
      all.filter(
        ({ id, parentId, path }) =>
          id !== area.id && (area.path.includes(id) || parentId === area.parentId || path.includes(area.id)),
      ),
    [all, area],
  );
  const devices = useQuery(mapQuery).data?.items;
  const stands = useMemo(() => {
    const within = new Set(all.filter(({ path }) => path.includes(area.id)).map(({ id }) => id));
    return devices?.flatMap(({ areaId, position }) => (position && within.has(areaId) ? [position] : [])) ?? [];
  }, [all, area.id, devices]);
  const middle = useMemo(
    () =>
      middleOf(area) ?? spotOf(new Map(all.map((one) => [one.id, one])), area.id) ?? stands[0] ?? ([120, 30] as const),
    [all, area, stands],
  );

  const resting = useResting(draft);
  const check = useQuery({
    queryKey: ['areas', 'shape-check', area.id, resting],
    enabled: resting !== null,
    queryFn: ({ signal }) => mapApi.checkShape(area.id, { ...resting! }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const isChecked =
    draft === null || (isSame(draft, resting) && check.data?.issues.length === 0 && !check.isPlaceholderData);
  const saved = useRef(false);
  const save = useMutation({
    mutationFn: () => api.updateArea(area.id, { shape: draft }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.areas });
      void message.success(t('shape.saved'));
      saved.current = true;
      void navigate(`/areas/${area.id}`);
    },
  });

  const blocker = useBlocker(() => changed && !saved.current);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    const { destroy } = modal.confirm({
      title: t('shape.leave'),
      okText: t('app:yes'),
      cancelText: t('app:cancel'),
      onOk: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
    });
    return destroy;
  }, [blocker, modal, t]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea');
      if (isTyping || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key === 'z') setHistory(event.shiftKey ? redo : undo);
      else if (key === 'y') setHistory(redo);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <div className="shape-editor">
      <div className="stack">
        <div className="row-wrap">
          {canDraw && (
            <Button type={drawing ? 'primary' : 'default'} onClick={() => setDrawing(!drawing)}>
              {t(drawing ? 'shape.stopDrawing' : draft ? 'shape.drawMore' : 'shape.draw')}
            </Button>
          )}
          <Button disabled={!history.past.length} onClick={() => setHistory(undo)}>
            {t('shape.undo')}
          </Button>
          <Button disabled={!history.future.length} onClick={() => setHistory(redo)}>
            {t('shape.redo')}
          </Button>
          <Button disabled={!draft} danger onClick={() => onDraft(null)}>
            {t('shape.clear')}
          </Button>
        </div>
        {canDraw && (
          <>
            <span className="muted">
              {t(drawing ? 'shape.helpDraw' : 'shape.help')} {area.shape && t('shape.before')}
            </span>
            <div className="map-wrap">
              <Suspense fallback={null}>
                <DrawMap
                  area={area}
                  around={around}
                  devices={stands}
                  draft={draft}
                  onDraft={onDraft}
                  drawing={drawing}
                  onDrawing={setDrawing}
                  shown={shown}
                />
              </Suspense>
            </div>
          </>
        )}
      </div>
      <div className="stack panel panel-pad">
        {draft === null && <p role="status">{t('shape.nothing')}</p>}
        {draft && check.data && <CheckResult check={check.data} changed={changed} onShow={(at) => setShown({ at })} />}
        {draft && check.isFetching && <span className="muted">{t('shape.checking')}</span>}
        {draft && check.error && <ProblemAlert error={check.error} onRetry={() => void check.refetch()} />}
        {save.error && <ProblemAlert error={save.error} />}
        <div className="row-wrap">
          <Button
            type="primary"
            disabled={!changed || !isChecked}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t(draft ? 'shape.save' : 'shape.saveEmpty')}
          </Button>
          <Button onClick={() => void navigate(`/areas/${area.id}`)}>{t('app:cancel')}</Button>
        </div>
        <Tabs
          items={[
            {
              key: 'table',
              label: t('shape.asTable'),
              children: <CornersTable draft={draft} onDraft={onDraft} middle={[middle[0], middle[1]]} />,
            },
            {
              key: 'text',
              label: t('shape.asText'),
              children: <GeoJsonBox key={JSON.stringify(draft)} draft={draft} onDraft={onDraft} />,
            },
          ]}
        />
      </div>
    </div>
  );
}

/** The draft once nobody has changed it for a moment. */
function useResting(draft: Draft): Draft {
  const [resting, setResting] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setResting(draft), restMs);
    return () => clearTimeout(timer);
  }, [draft]);
  return resting;
}
