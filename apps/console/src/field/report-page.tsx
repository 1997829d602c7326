import type { Area } from '@sc/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, TextArea, Toast } from 'antd-mobile';
import { CameraOutline } from 'antd-mobile-icons';
import { useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { casesApi, usableCategoriesQuery } from '../api/cases.js';
import { keys } from '../api/keys.js';
import { asProblem } from '../api/problem.js';
import { useAreas } from '../api/queries.js';
import { api } from '../api/resources.js';
import { newRequestId } from '../lib/request-id.js';
import { useText } from '../lib/use-words.js';
import { photoFields, shrinkPhoto } from './photo.js';

const mostPhotos = 10;

/** A case that an officer found on the way: where, what kind of work, what they see, photos. */
export function FieldReportPage() {
  const { t, i18n } = useTranslation(['cases', 'field', 'app', 'desk']);
  const text = useText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const areas = byPath(useAreas());
  const [areaId, setAreaId] = useState<string>();
  const [category, setCategory] = useState<string>();
  const [description, setDescription] = useState('');
  const [solving, setSolving] = useState(false);
  const [photos, setPhotos] = useState<File[]>([]);
  const [sending, setSending] = useState(false);
  // One key for this form: sent again after a lost answer it is the same case.
  const [key] = useState(newRequestId);
  const kinds = useQuery(usableCategoriesQuery(areaId));
  const items = (kinds.data?.items ?? []).filter(({ kind }) => kind === 'item');
  const send = async () => {
    if (!areaId || !category) return;
    setSending(true);
    try {
      const order = await casesApi.report({ key, areaId, category, description: description.trim(), solving });
      try {
        for (const [index, photo] of photos.entries())
          await api.attach(order.id, await shrinkPhoto(photo), photoFields(key, index, photo));
        Toast.show({ icon: 'success', content: t('sent', { number: order.number }) });
      } catch {
        // The case counts more than its photos: they can be added on its page.
        Toast.show({ content: t('photosFailed'), duration: 5000 });
      }
      void queries.invalidateQueries({ queryKey: keys.workOrderLists });
      void navigate(`/field/orders/${order.id}`, { replace: true });
    } catch (error) {
      const problem = `problem.${asProblem(error).code}`;
      const reason = i18n.exists(problem, { ns: 'app' }) ? t(`app:${problem}` as 'app:problem.internal') : problem;
      Toast.show({ icon: 'fail', content: reason, duration: 5000 });
    } finally {
      setSending(false);
    }
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) =>
    setPhotos([...(event.target.files ?? [])].slice(0, mostPhotos));
  return (
    <>
      <Link to="/field" className="field-back">
        ‹ {t('field:back')}
      </Link>
      <h1 className="field-title">{t('reportTitle')}</h1>
      <div className="field-order">
        <section className="field-report">
          <label htmlFor="report-area">{t('area')}</label>
          <select
            id="report-area"
            className="field-select"
            value={areaId ?? ''}
            onChange={({ target }) => {
              setAreaId(target.value || undefined);
              setCategory(undefined);
            }}
          >
            <option value="" />
            {areas.map(({ area, depth }) => (
              <option key={area.id} value={area.id}>
                {'\u2003'.repeat(depth)}
                {text(area.name)}
              </option>
            ))}
          </select>
          <label htmlFor="report-category">{t('category')}</label>
          <select
            id="report-category"
            className="field-select"
            disabled={!areaId}
            value={category ?? ''}
            onChange={({ target }) => setCategory(target.value || undefined)}
          >
            <option value="">{areaId ? '' : t('categoryHint')}</option>
            {items.map(({ code, title }) => (
              <option key={code} value={code}>
                {text(title)}
              </option>
            ))}
          </select>
          <label htmlFor="report-description">{t('description')}</label>
          <TextArea
            id="report-description"
            rows={3}
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={2000}
            placeholder={t('descriptionHint')}
            value={description}
            onChange={setDescription}
          />
          <div className="field-photos">
            <label className="field-camera">
              <CameraOutline fontSize={28} aria-hidden />
              <span>{photos.length ? t('chosen', { count: photos.length }) : t('field:addPhoto')}</span>
              <input type="file" accept="image/*" multiple onChange={choose} />
            </label>
          </div>
          <Checkbox checked={solving} onChange={setSolving}>
            {t('solving')}
          </Checkbox>
          <p className="muted">{t('solvingHint')}</p>
          <Button
            block
            color="primary"
            size="large"
            loading={sending}
            disabled={!areaId || !category || description.trim() === ''}
            onClick={() => void send()}
          >
            {t('send')}
          </Button>
        </section>
      </div>
    </>
  );
}

/** Parents before their children, with how deep each lies below what this person sees. */
function byPath(areas: readonly Area[]): { area: Area; depth: number }[] {
  const ids = new Set(areas.map(({ id }) => id));
  const below = (parentId: string | undefined, depth: number): { area: Area; depth: number }[] =>
    areas
      .filter((area) => (parentId ? area.parentId === parentId : !ids.has(area.parentId ?? '')))
      .flatMap((area) => [{ area, depth }, ...below(area.id, depth + 1)]);
  return below(undefined, 0);
}
