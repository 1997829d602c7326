import type { Locale } from '@sc/contracts';
import type { ChannelMessage } from './channel.js';

/** Title, text and link, one per line: what every channel for people can show. */
export const plainText = ({ title, body, link }: ChannelMessage, locale: Locale): string =>
  [title[locale], body[locale], link ?? ''].filter(Boolean).join('\n');

/** Signs that mean something in Markdown lose their meaning: what people typed is text. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&').replace(/\s+/g, ' ');
const openWord: Record<Locale, string> = { 'zh-CN': '打开', en: 'Open' };

export const markdown = ({ title, body, link }: ChannelMessage, locale: Locale): string =>
  [`**${plain(title[locale])}**`, plain(body[locale]), link ? `[${openWord[locale]}](${link})` : '']
    .filter(Boolean)
    .join('\n\n');

/** At most so many bytes of UTF-8, never half a sign. */
export function cutBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  let cut = '';
  let bytes = 3;
  for (const sign of text) {
    bytes += Buffer.byteLength(sign);
    if (bytes > most) break;
    cut += sign;
  }
  return `${cut}…`;
}

/** At most so many characters. */
export function cutLength(text: string, most: number): string {
  const signs = [...text];
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`;
}
