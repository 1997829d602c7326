import type { ResidentCase, ResidentReportInput } from '@sc/contracts';
import { useEffect, useRef, useState } from 'react';
import { asRefused, type Refused, residentApi } from './api.js';
import { againInMs } from './draft.js';

type State =
  | { at: 'writing' }
  | { at: 'sending'; files: boolean }
  /** It is sent again by itself. */
  | { at: 'waiting'; refused: Refused }
  | { at: 'refused'; refused: Refused };

interface Load {
  body: ResidentReportInput;
  files: readonly Blob[];
  /** Files that are there, or were refused for good. */
  settled: number;
  /** How many of them were refused. */
  lost: number;
}

/** Sends the report, then its files one by one; what the network swallows is sent again, and is the same again. */
export function useSending(code: string, onDone: (done: ResidentCase, lost: number) => void) {
  const [state, setState] = useState<State>({ at: 'writing' });
  const load = useRef<Load>(undefined);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });

  const run = async () => {
    const present = load.current;
    if (!present) return;
    setState({ at: 'sending', files: false });
    try {
      const made = await residentApi.report(code, present.body);
      for (; present.settled < present.files.length; present.settled += 1) {
        setState({ at: 'sending', files: true });
        if (!(await isKept(present))) present.lost += 1;
      }
      load.current = undefined;
      done.current(made, present.lost);
    } catch (error) {
      const refused = asRefused(error);
      const waitMs = againInMs(refused);
      setState({ at: waitMs === undefined ? 'refused' : 'waiting', refused });
    }
  };

  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (state.at !== 'waiting') return undefined;
    const again = () => void latest.current();
    const timer = setTimeout(again, againInMs(state.refused));
    window.addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [state]);

  return {
    state,
    send: (body: ResidentReportInput, files: readonly Blob[]) => {
      load.current = { body, files, settled: 0, lost: 0 };
      void run();
    },
  };
}

/** A file that is refused for good does not hold up the others: the report is there without it. */
async function isKept({ body, files, settled }: Load): Promise<boolean> {
  try {
    await residentApi.attach(body.token, `${body.token}-${settled + 1}`, files[settled]!);
    return true;
  } catch (error) {
    if (asRefused(error).mayHeal) throw error;
    return false;
  }
}
