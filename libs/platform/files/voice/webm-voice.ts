import { type Element, element, elementsOf, number, unsigned, variable } from './ebml.js';
import type { Parsed } from './voice.js';

// RFC 9559
const ebmlHead = 0x1a45dfa3;
const docType = 0x4282;
const segment = 0x18538067;
const info = 0x1549a966;
const timestampScale = 0x2ad7b1;
const duration = 0x4489;
const [muxingApp, writingApp] = [0x4d80, 0x5741];
const tracks = 0x1654ae6b;
const trackEntry = 0xae;
const trackType = 0x83;
const codecId = 0x86;
/** Number, UID, type, codec, its private data, delays, sampling; names, languages and tags are left out. */
const keptOfTrack = new Set([0xd7, 0x73c5, trackType, 0x9c, codecId, 0x63a2, 0x56aa, 0x56bb, 0x23e383, 0xe1]);
const cluster = 0x1f43b675;
const timestamp = 0xe7;
const simpleBlock = 0xa3;
const blockGroup = 0xa0;
const block = 0xa1;
/** Beginnings of the next part of a segment: an element of unknown length ends there. */
const partsOfSegment = new Set([cluster, 0x1c53bb6b, 0x1254c367, 0x1941a469, 0x1043a770, 0x114d9b74]);
/** Two blocks cannot lie further apart than a voice note may last; until then the last one is taken for 20 ms, Opus's usual. */
const lastBlockMs = 20;

/** One Opus track in WebM, as Chromium's and Firefox's MediaRecorder make it: only what makes the sound is copied. */
export function webmVoice(bytes: Buffer): Parsed {
  const [head, body] = elementsOf(bytes);
  if (head?.id !== ebmlHead || body?.id !== segment) return undefined;
  const kind = elementsOf(head.content)
    .find(({ id }) => id === docType)
    ?.content.toString('latin1');
  if (kind !== 'webm' && kind !== 'matroska') return undefined;
  const parts = elementsOf(body.content, partsOfSegment);
  const track = onlyTrack(parts);
  const clusters = parts.filter(({ id }) => id === cluster).map(({ content }) => elementsOf(content));
  if (!track || clusters.length === 0) return undefined;
  const scale = scaleOf(parts);
  const { first, last } = spanOf(clusters);
  const durationMs = last === undefined ? 0 : Math.round(((last - (first ?? 0)) * scale) / 1e6) + lastBlockMs;
  const about = [
    element(timestampScale, number(scale)),
    element(duration, float((durationMs * 1e6) / scale)),
    element(muxingApp, app),
    element(writingApp, app),
  ];
  const out = Buffer.concat([
    element(info, Buffer.concat(about)),
    element(tracks, element(trackEntry, track)),
    ...clusters.map((elements) => element(cluster, withoutOthers(elements))),
  ]);
  return { bytes: Buffer.concat([element(ebmlHead, head.content), element(segment, out)]), durationMs };
}

const float = (value: number): Buffer => {
  const content = Buffer.alloc(8);
  content.writeDoubleBE(value);
  return content;
};

const app = Buffer.from('smart-community', 'latin1');

function onlyTrack(parts: Element[]): Buffer | undefined {
  const entries = parts.filter(({ id }) => id === tracks).flatMap(({ content }) => elementsOf(content));
  const [entry, ...more] = entries.filter(({ id }) => id === trackEntry);
  if (!entry || more.length > 0) return undefined;
  const fields = elementsOf(entry.content);
  const of = (wanted: number) => fields.find(({ id }) => id === wanted)?.content;
  const isVoice = unsigned(of(trackType) ?? Buffer.alloc(0)) === 2 && of(codecId)?.toString('latin1') === 'A_OPUS';
  return isVoice ? copyOf(fields.filter(({ id }) => keptOfTrack.has(id))) : undefined;
}

function scaleOf(parts: Element[]): number {
  const fields = parts.filter(({ id }) => id === info).flatMap(({ content }) => elementsOf(content));
  const scale = fields.find(({ id }) => id === timestampScale);
  return scale ? unsigned(scale.content) : 1_000_000;
}

/** When the first and the last block begin, in ticks: recorders that write as they go note no duration. */
function spanOf(clusters: Element[][]): { first?: number; last?: number } {
  let [first, last]: [number | undefined, number | undefined] = [undefined, undefined];
  for (const elements of clusters) {
    const start = unsigned(elements.find(({ id }) => id === timestamp)?.content ?? Buffer.alloc(0));
    for (const content of elements.flatMap(blocksIn)) {
      const at = start + content.readInt16BE(variable(content, 0).size);
      first = first === undefined ? at : Math.min(first, at);
      last = last === undefined ? at : Math.max(last, at);
    }
  }
  return { first, last };
}

function blocksIn({ id, content }: Element): Buffer[] {
  if (id === simpleBlock) return [content];
  return id === blockGroup ? elementsOf(content).flatMap((inner) => (inner.id === block ? [inner.content] : [])) : [];
}

function withoutOthers(elements: Element[]): Buffer {
  return copyOf(elements.filter(({ id }) => id === timestamp || id === simpleBlock || id === blockGroup));
}

const copyOf = (elements: Element[]): Buffer => Buffer.concat(elements.map(({ id, content }) => element(id, content)));
