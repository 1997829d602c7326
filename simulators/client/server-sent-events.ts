export interface ServerSentEvent {
  id: string | undefined;
  type: string;
  data: string;
}

/** Frames of a `text/event-stream` body, as the HTML standard parses them (comments and unknown fields are passed over). */
export async function* readServerSentEvents(
  body: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\n\n|\r\n\r\n/);
      rest = lines.pop() ?? '';
      for (const frame of lines) {
        const event = parseFrame(frame);
        if (event) yield event;
      }
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

function parseFrame(frame: string): ServerSentEvent | undefined {
  const data: string[] = [];
  const event: ServerSentEvent = { id: undefined, type: 'message', data: '' };
  for (const line of frame.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') event.type = value;
    else if (field === 'id') event.id = value;
  }
  return data.length ? { ...event, data: data.join('\n') } : undefined;
}
