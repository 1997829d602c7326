import { fixed, integer, percent, table } from './table.mjs';

export function soakPage({ messagesPerSecond, messages, growth, samples }) {
  const minutes = samples.at(-1).seconds / 60;
  const row = (title, { share, first, last }) => [title, fixed(0)(first), fixed(0)(last), percent(1)(share)];
  return [
    `The load of the throughput, from four times as many devices with as much under way, for ${fixed(0)(minutes)} minutes, ${integer(messages)} messages at ${integer(messagesPerSecond)}/s, all of them stored. Memory is looked at every ten seconds; the figures are the ends of a line through the last half of the time. It is compared with itself: there is no other baseline.`,
    table(
      ['', 'MB at half-time', 'MB at the end', 'growth'],
      [
        row('memory of the process', growth.mb),
        row('its JavaScript heap', growth.heapMb),
        ...(growth.externalMb ? [row('buffers outside that heap', growth.externalMb)] : []),
        ...(growth.storeMb ? [row("what the embedded store's engine keeps, of 512 MB", growth.storeMb)] : []),
      ],
    ),
  ];
}
