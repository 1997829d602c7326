import type { Area } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, TextArea } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { usePerson } from '../app/session.js';
import { useProblemText, useText } from '../lib/use-words.js';
import { fieldAreasQuery } from './cached.js';
import { fieldCategoriesQuery } from './categories.js';
import { useOutbox } from './outbox.js';
import { caseForm } from './drafts-of.js';
import { TakePhotos, type TakenPhoto } from './take-photos.js';
import { useDraft } from './use-draft.js';
import { useTellOutcome } from './use-submit-step.js';

const mostPhotos = 10;

/** A case that an officer found on the way: where, what kind of work, what they see, photos; with or without a network. */
export function FieldReportPage() {
  const { t } = useTranslation(['cases', 'field', 'app']);
  const text = useText();
  const navigate = useNavigate();
  const me = usePerson();
  const { submit } = useOutbox();
  const tell = useTellOutcome();
  const problemText = useProblemText();
  const [given] = useSearchParams();
  const places = useQuery(fieldAreasQuery(me.id));
  const known = places.data?.value ?? none;
  const areas = byPath(known);
  const [keptArea, setAreaId] = useDraft(caseForm, 'areaId', '');
  const [category, setCategory] = useDraft(caseForm, 'category', '');
  const [description, setDescription] = useDraft(caseForm, 'description', '');
  const [placement, setPlacement] = useDraft(caseForm, 'placement', '');
  const [solving, setSolving] = useDraft(caseForm, 'solving', false);
  const [photos, setPhotos] = useDraft<TakenPhoto[]>(caseForm, 'photos', []);
  const [reading, setReading] = useState(false);
  const [sending, setSending] = useState(false);
  // Scanned at a device: its place, until another one is chosen.
  const areaId = keptArea || (given.get('area') ?? '');
  const around = known.find(({ id }) => id === areaId)?.path;
  const kinds = useQuery({ ...fieldCategoriesQuery(areaId, around), enabled: areaId !== '' && !places.isPending });
  const items = (kinds.data?.value ?? []).filter(({ kind }) => kind === 'item');
  const chosen = items.find(({ code }) => code === category);
  const send = async () => {
    if (!chosen) return;
    setSending(true);
    try {
      const body = {
        areaId,
        category,
        description: description.trim(),
        solving,
        ...(placement.trim() ? { placement: placement.trim() } : {}),
      };
      const outcome = await submit({ kind: 'case', title: chosen.title, body, photos }, caseForm);
      const order = typeof outcome === 'object' && 'sent' in outcome ? outcome.sent : undefined;
      tell(outcome, order && t('sent', { number: order.number }));
      void navigate(order ? `/field/orders/${order.id}` : outcome === 'kept' ? '/field' : '/field/waiting', {
        replace: true,
      });
    } finally {
      setSending(false);
    }
  };
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
            value={areaId}
            onChange={({ target }) => {
              setAreaId(() => target.value);
              setCategory(() => '');
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
            value={category}
            onChange={({ target }) => setCategory(() => target.value)}
          >
            <option value="">{areaId ? '' : t('categoryHint')}</option>
            {items.map(({ code, title }) => (
              <option key={code} value={code}>
                {text(title)}
              </option>
            ))}
          </select>
          {kinds.error && (
            <p className="field-overdue" role="alert">
              {problemText(kinds.error).line}
            </p>
          )}
          <label htmlFor="report-placement">{t('placement')}</label>
          <Input
            id="report-placement"
            className="field-input"
            maxLength={200}
            placeholder={t('placementHint')}
            value={placement}
            onChange={(words) => setPlacement(() => words)}
          />
          <label htmlFor="report-description">{t('description')}</label>
          <TextArea
            id="report-description"
            rows={3}
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={2000}
            placeholder={t('descriptionHint')}
            value={description}
            onChange={(words) => setDescription(() => words)}
          />
          <TakePhotos kind="before" photos={photos} most={mostPhotos} onChange={setPhotos} onReading={setReading} />
          <Checkbox checked={solving} onChange={(own) => setSolving(() => own)}>
            {t('solving')}
          </Checkbox>
          <p className="muted">{t('solvingHint')}</p>
          <Button
            block
            color="primary"
            size="large"
            loading={sending}
            disabled={!chosen || reading || description.trim() === ''}
            onClick={() => void send()}
          >
            {t('send')}
          </Button>
        </section>
      </div>
    </>
  );
}

const none: Area[] = [];

/** Parents before their children, with how deep each lies below what this person sees. */
function byPath(areas: readonly Area[]): { area: Area; depth: number }[] {
  const ids = new Set(areas.map(({ id }) => id));
  const below = (parentId: string | undefined, depth: number): { area: Area; depth: number }[] =>
    areas
      .filter((area) => (parentId ? area.parentId === parentId : !ids.has(area.parentId ?? '')))
      .flatMap((area) => [{ area, depth }, ...below(area.id, depth + 1)]);
  return below(undefined, 0);
}
