/** As long as the client itself waits. */
const longestMs = 20_000;
const begun = new Map<string, Promise<Response>>();

/** Asks before the program that needs the answer has come. @param path as the program will ask it, with its query */
export function headStart(path: string): Promise<Response> {
  const answer = fetch(path, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(longestMs) });
  begun.set(path, answer);
  // Whoever takes it is told of a failure; where nobody does it is none.
  answer.catch(() => undefined);
  return answer;
}

/** The answer that is on its way already, once; afterwards the same question is a new one. */
export function takeHeadStart({ method, url }: Request): Promise<Response> | undefined {
  if (method !== 'GET' || begun.size === 0) return undefined;
  const { pathname, search } = new URL(url);
  const answer = begun.get(pathname + search);
  begun.delete(pathname + search);
  return answer;
}
