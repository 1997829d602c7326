import type { KnownCase, ResidentPlace } from '@sc/contracts';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { type Draft, keepDraft, phonePattern, readDraft } from './draft.js';
import { lostFiles, write } from './kept.js';
import { KnownList } from './known-list.js';
import { mostResidentPhotos } from './limits.js';
import { Field, Problem } from './parts.js';
import { PhotoField } from './photo-field.js';
import { fill, useSettings } from './settings.js';
import { useSending } from './use-sending.js';
import { VoiceField } from './voice-field.js';

interface Props {
  code: string;
  place: ResidentPlace;
  onDone: (token: string, number: string, title: string) => void;
  onFollow: (one: KnownCase) => Promise<void>;
}

export function ReportForm({ code, place, onDone, onFollow }: Props) {
  const { w, text, locale } = useSettings();
  const id = useId();
  const [draft, setDraft] = useState(() => readDraft(code));
  const [photos, setPhotos] = useState<File[]>([]);
  const [voice, setVoice] = useState<Blob>();
  const [website, setWebsite] = useState('');
  const [checked, setChecked] = useState(false);
  const sending = useSending(code, (done, lost) => {
    keepDraft(code, null);
    if (lost > 0) write(lostFiles, draft.token, 'tab');
    onDone(draft.token, done.number, text(done.title));
  });
  useEffect(() => keepDraft(code, draft), [code, draft]);
  const set = (name: keyof Draft) => (value: string) => setDraft((before) => ({ ...before, [name]: value }));
  const same = place.known.filter(({ category }) => category === draft.category);
  const wrong = wrongOf(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(wrong).length > 0) return;
    const { token, category, placement, words: description, phone } = draft;
    const body = {
      token,
      category,
      description,
      locale,
      openedAt: place.serverTime,
      website,
      ...(placement.trim() ? { placement } : {}),
      ...(phone.trim() ? { phone } : {}),
    };
    sending.send(body, [...photos, ...(voice ? [voice] : [])]);
  };
  const mistake = (name: keyof Draft) => (checked && wrong[name] ? w[wrong[name]] : undefined);
  const { state } = sending;
  return (
    <form onSubmit={submit} noValidate>
      <p className="danger">{w.danger}</p>
      <Field id={`${id}-category`} label={w.category} wrong={mistake('category')}>
        <select
          id={`${id}-category`}
          value={draft.category}
          required
          onChange={({ target }) => set('category')(target.value)}
        >
          <option value="">{w.choose}</option>
          {groupsOf(place.categories, text).map(([group, items]) => (
            <optgroup key={group} label={group}>
              {items.map((item) => (
                <option key={item.code} value={item.code}>
                  {text(item.title)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </Field>
      {same.length > 0 && (
        <div className="same" role="status">
          <strong>{w.same}</strong>
          <KnownList known={same} onFollow={onFollow} />
        </div>
      )}
      <Field id={`${id}-words`} label={w.words} hint={w.wordsHint} wrong={mistake('words')}>
        <textarea
          id={`${id}-words`}
          rows={4}
          maxLength={1000}
          value={draft.words}
          aria-describedby={`${id}-words-hint`}
          onChange={({ target }) => set('words')(target.value)}
        />
      </Field>
      <Field id={`${id}-placement`} label={w.placement} hint={w.placementHint}>
        <input
          id={`${id}-placement`}
          maxLength={200}
          value={draft.placement}
          onChange={({ target }) => set('placement')(target.value)}
        />
      </Field>
      <PhotoField photos={photos} most={mostResidentPhotos} onChange={setPhotos} />
      <VoiceField voice={voice} onChange={setVoice} />
      <Field
        id={`${id}-phone`}
        label={w.phone}
        hint={fill(w.phoneHint, { days: place.kept.phoneDays })}
        wrong={mistake('phone')}
      >
        <input
          id={`${id}-phone`}
          type="tel"
          autoComplete="tel"
          maxLength={25}
          value={draft.phone}
          onChange={({ target }) => set('phone')(target.value)}
        />
      </Field>
      <div className="unseen" aria-hidden="true">
        <label>
          Website
          <input tabIndex={-1} autoComplete="off" value={website} onChange={({ target }) => setWebsite(target.value)} />
        </label>
      </div>
      {state.at === 'waiting' && state.refused.code === 'network' && (
        <p className="problem" role="status">
          {w.waiting}
        </p>
      )}
      {(state.at === 'refused' || (state.at === 'waiting' && state.refused.code !== 'network')) && (
        <Problem refused={state.refused} />
      )}
      <button type="submit" className="main" disabled={state.at === 'sending'}>
        {state.at === 'sending'
          ? state.files
            ? w.sendingFile
            : w.sending
          : state.at === 'waiting'
            ? w.sendNow
            : w.send}
      </button>
      <p className="muted">{fill(w.privacy, { words: place.kept.wordsDays, days: place.kept.linkDays })}</p>
    </form>
  );
}

function wrongOf({ category, words, phone }: Draft): Partial<Record<keyof Draft, 'required' | 'badPhone'>> {
  return {
    ...(category ? {} : { category: 'required' as const }),
    ...(words.trim() ? {} : { words: 'required' as const }),
    ...(phone.trim() && !phonePattern.test(phone.trim()) ? { phone: 'badPhone' as const } : {}),
  };
}

type Category = ResidentPlace['categories'][number];
function groupsOf(categories: readonly Category[], text: (one: Category['title']) => string): [string, Category[]][] {
  const groups = new Map<string, Category[]>();
  for (const one of categories) {
    const name = one.group ? text(one.group) : '…';
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups];
}
