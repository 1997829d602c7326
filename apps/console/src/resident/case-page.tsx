import type { ResidentCase } from '@sc/contracts';
import { useEffect, useState } from 'react';
import { asRefused, type Refused, residentApi } from './api.js';
import { CaseActs } from './case-acts.js';
import { lostFiles, read } from './kept.js';
import { Problem } from './parts.js';
import { fill, useSettings } from './settings.js';
import { useAnswer } from './use-answer.js';

const lookEveryMs = 30_000;

export function CasePage({ token }: { token: string }) {
  const { w, text } = useSettings();
  const { data, refused, again, set } = useAnswer(() => residentApi.case(token), lookEveryMs);
  if (refused?.code === 'not-found' || !token)
    return (
      <>
        <h1>{w.caseTitle}</h1>
        <p role="alert">{w.badLink}</p>
      </>
    );
  if (!data)
    return refused ? (
      <>
        <h1>{w.caseTitle}</h1>
        <Problem refused={refused} onRetry={again} />
      </>
    ) : (
      <p role="status">{w.loading}</p>
    );
  return (
    <>
      <p className="muted">
        {data.kind === 'report' ? w.caseTitle : w.followTitle} · {data.number}
      </p>
      <h1>{text(data.title)}</h1>
      <p className="muted">{[...data.place.map(text), data.placement].filter(Boolean).join(' · ')}</p>
      {refused && <Problem refused={refused} onRetry={again} />}
      {read(lostFiles, 'tab') === token && (
        <p className="problem" role="alert">
          {w.fileRefused}
        </p>
      )}
      <Where data={data} />
      <CaseActs token={token} data={data} onChange={set} />
      <Said data={data} />
      <PublicPhotos token={token} data={data} />
      <Own data={data} token={token} onChange={set} />
    </>
  );
}

function Where({ data }: { data: ResidentCase }) {
  const { w, time } = useSettings();
  const { step, expected, history, folded, continues } = data;
  return (
    <section className={`card where ${step}`}>
      <strong className="step">{w.steps[step]}</strong>
      {expected && <p>{expected.late ? w.late : fill(w.expected[expected.step], { at: time(expected.at) })}</p>}
      {folded && <p>{w.folded}</p>}
      {continues && <p>{fill(w.continues, { number: continues })}</p>}
      <h2>{w.history}</h2>
      <ol className="history">
        {history.map((one) => (
          <li key={`${one.step}${one.at}`}>
            {w.steps[one.step]} <small>{time(one.at)}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Said({ data: { messages } }: { data: ResidentCase }) {
  const { w, time } = useSettings();
  if (messages.length === 0) return null;
  return (
    <section>
      <h2>{w.said}</h2>
      <ul className="plain">
        {messages.map(({ id, kind, words, at }) => (
          <li key={id} className={`card said ${kind === 'question' || kind === 'answer' ? 'theirs' : 'own'}`}>
            <strong>{w.kinds[kind]}</strong> <small>{time(at)}</small>
            {words && <p className="words">{words}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function PublicPhotos({ token, data: { photos } }: { token: string; data: ResidentCase }) {
  const { w } = useSettings();
  if (photos.length === 0) return null;
  return (
    <section>
      <h2>{w.afterPhotos}</h2>
      <div className="shown-photos">
        {photos.map(({ id }, n) => (
          <PublicPhoto key={id} token={token} id={id} label={`${w.photoLabel} ${n + 1}`} />
        ))}
      </div>
    </section>
  );
}

/** Fetched with the token in its header: an address of a picture would carry it into logs. */
function PublicPhoto({ token, id, label }: { token: string; id: string; label: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    residentApi.photo(token, id).then(
      (blob) => {
        if (gone) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      },
      () => undefined,
    );
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [token, id]);
  return url ? <img src={url} alt={label} /> : <div className="photo-place" />;
}

function Own({ token, data, onChange }: { token: string; data: ResidentCase; onChange: (data: ResidentCase) => void }) {
  const { w, time } = useSettings();
  const [copied, setCopied] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const { words, sent, phone, phoneUntil, linkUntil, kept } = data;
  const link = window.location.href;
  const forget = () => residentApi.forgetPhone(token).then(onChange, (error: unknown) => setRefused(asRefused(error)));
  return (
    <section>
      {words && (
        <>
          <h2>{w.yourWords}</h2>
          <p className="words">{words}</p>
        </>
      )}
      {sent.photos + sent.voices > 0 && <p className="muted">{fill(w.sent, sent)}</p>}
      {phone && (
        <div className="card">
          {w.phoneKept}{' '}
          {phoneUntil ? fill(w.phoneUntil, { at: time(phoneUntil) }) : fill(w.phoneLater, { days: kept.phoneDays })}
          <button type="button" onClick={() => void forget()}>
            {w.forgetPhone}
          </button>
          {refused && <Problem refused={refused} />}
        </div>
      )}
      <div className="card">
        {w.keepLink} {linkUntil && fill(w.linkUntil, { at: time(linkUntil) })}
        <input readOnly value={link} aria-label={w.copy} onFocus={({ target }) => target.select()} />
        <button type="button" onClick={() => void copy(link).then(setCopied)}>
          {copied ? w.copied : w.copy}
        </button>
      </div>
    </section>
  );
}

/** Without HTTPS there is no clipboard: the field beside it can be copied by hand. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
