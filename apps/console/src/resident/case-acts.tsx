import type { ResidentCase } from '@sc/contracts';
import { useId, useRef, useState } from 'react';
import { asRefused, type Refused, residentApi } from './api.js';
import { newRequestId } from './kept.js';
import { Field, Problem } from './parts.js';
import { fill, useSettings } from './settings.js';

interface Props {
  token: string;
  data: ResidentCase;
  onChange: (data: ResidentCase) => void;
}

/** What may be said now: an answer, whether it is solved, how it was. */
export function CaseActs(props: Props) {
  const { may } = props.data;
  return (
    <>
      {may.judge && <Judge {...props} />}
      {may.rate && <Rate {...props} />}
      {may.reply && <Reply {...props} />}
    </>
  );
}

/** One thing said at a time; said again after a lost answer it is the same. */
function useSaying({ onChange }: Pick<Props, 'onChange'>) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const request = useRef(newRequestId());
  const say = async (ask: (requestId: string) => Promise<ResidentCase>): Promise<boolean> => {
    setBusy(true);
    setRefused(undefined);
    try {
      onChange(await ask(request.current));
      request.current = newRequestId();
      return true;
    } catch (error) {
      setRefused(asRefused(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, refused, say };
}

function Judge({ token, data, onChange }: Props) {
  const { w, time } = useSettings();
  const id = useId();
  const [unsolved, setUnsolved] = useState(false);
  const [words, setWords] = useState('');
  const { busy, refused, say } = useSaying({ onChange });
  const judge = (solved: boolean) =>
    void say((requestId) => residentApi.judge(token, { requestId, solved, ...(words.trim() ? { words } : {}) })).then(
      (said) => {
        if (!said) return;
        setUnsolved(false);
        setWords('');
      },
    );
  const last = data.messages.filter(({ kind }) => kind === 'solved' || kind === 'not-solved').at(-1);
  return (
    <section className="card">
      <h2>{w.isItSolved}</h2>
      {last && <p>{w.kinds[last.kind]}</p>}
      {unsolved ? (
        <>
          <Field id={`${id}-why`} label={w.whyNot}>
            <textarea
              id={`${id}-why`}
              rows={3}
              maxLength={1000}
              value={words}
              onChange={({ target }) => setWords(target.value)}
            />
          </Field>
          <button type="button" className="main" disabled={busy} onClick={() => judge(false)}>
            {w.noText}
          </button>
        </>
      ) : (
        <div className="pair">
          <button type="button" disabled={busy || last?.kind === 'solved'} onClick={() => judge(true)}>
            {w.yes}
          </button>
          <button type="button" disabled={busy} onClick={() => setUnsolved(true)}>
            {w.no}
          </button>
        </div>
      )}
      {data.reopenUntil && <p className="muted">{fill(w.reopenUntil, { at: time(data.reopenUntil) })}</p>}
      {refused && <Problem refused={refused} />}
    </section>
  );
}

function Rate({ token, data, onChange }: Props) {
  const { w } = useSettings();
  const id = useId();
  const [score, setScore] = useState(data.rating?.score);
  const [words, setWords] = useState(data.rating?.words ?? '');
  const [saved, setSaved] = useState(false);
  const { busy, refused, say } = useSaying({ onChange });
  const save = () =>
    score !== undefined &&
    void say(() => residentApi.rate(token, { score, words: words.trim() || null })).then(setSaved);
  return (
    <section className="card">
      <h2>{w.rate}</h2>
      <div className="scores" role="radiogroup" aria-label={w.rate}>
        {w.scores.map((name, n) => (
          <label key={name} className={score === n + 1 ? 'chosen' : ''}>
            <input type="radio" name={`${id}-score`} checked={score === n + 1} onChange={() => setScore(n + 1)} />
            <span>{n + 1}</span> {name}
          </label>
        ))}
      </div>
      <Field id={`${id}-rating`} label={w.ratingWords}>
        <textarea
          id={`${id}-rating`}
          rows={2}
          maxLength={1000}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
      </Field>
      <button type="button" disabled={busy || score === undefined} onClick={save}>
        {w.saveRating}
      </button>
      {saved && <p role="status">{w.thanks}</p>}
      {refused && <Problem refused={refused} />}
    </section>
  );
}

function Reply({ token, data, onChange }: Props) {
  const { w } = useSettings();
  const id = useId();
  const [words, setWords] = useState('');
  const { busy, refused, say } = useSaying({ onChange });
  const last = data.messages.at(-1);
  const asked = last?.kind === 'question';
  const send = () =>
    void say((requestId) => residentApi.reply(token, { requestId, words })).then((said) => said && setWords(''));
  return (
    <section className={asked ? 'card asked' : 'card'}>
      {asked && (
        <>
          <strong>{w.kinds.question}</strong>
          <p className="words">{last.words}</p>
        </>
      )}
      <Field id={`${id}-reply`} label={asked ? w.answer : w.addWords}>
        <textarea
          id={`${id}-reply`}
          rows={2}
          maxLength={1000}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
      </Field>
      <button type="button" className={asked ? 'main' : ''} disabled={busy || !words.trim()} onClick={send}>
        {w.sendWords}
      </button>
      {refused && <Problem refused={refused} />}
    </section>
  );
}
