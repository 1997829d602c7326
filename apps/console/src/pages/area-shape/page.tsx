import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { areasQuery } from '../../api/queries.js';
import { ApiProblem } from '../../api/problem.js';
import { useMay } from '../../app/session.js';
import { Page } from '../../components/page.js';
import { Calm, ProblemAlert, QueryState } from '../../components/query-state.js';
import { useText } from '../../lib/use-words.js';
import '../../styles/map.css';
import { ShapeEditor } from './shape-editor.js';

/** The border of an area: drawn, typed or pasted. */
export function AreaShapePage() {
  const { t } = useTranslation(['map', 'app']);
  const { areaId = '' } = useParams();
  const query = useQuery(areasQuery);
  const mayEdit = useMay('admin', 'manager');
  const text = useText();
  const area = query.data?.items.find(({ id }) => id === areaId);
  return (
    <Page
      title={t('shape.title', { name: area ? text(area.name) : areaId })}
      back={{ to: `/areas/${areaId}`, label: t('shape.back') }}
    >
      {!mayEdit ? (
        <ProblemAlert error={new ApiProblem('forbidden', 403)} />
      ) : (
        <QueryState query={query}>
          {({ items }) => {
            const found = items.find(({ id }) => id === areaId);
            return found ? (
              <ShapeEditor key={found.id} area={found} all={items} />
            ) : (
              <Calm title={t('app:problem.not-found')} />
            );
          }}
        </QueryState>
      )}
    </Page>
  );
}
