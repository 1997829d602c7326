import { channelConformance } from './channel.conformance.js';
import { later, refused, unreachable } from './channel.js';
import { InMemoryChannel } from './in-memory-channel.js';

channelConformance('in memory', async () => {
  const channel = new InMemoryChannel();
  let how: 'well' | 'busy' | 'refusing' = 'well';
  const deliver = channel.deliver.bind(channel);
  channel.deliver = (message, destination) => {
    if (destination.to !== 'group') return Promise.resolve(unreachable);
    if (how !== 'well') channel.answers.push(how === 'busy' ? later('busy') : refused('no'));
    return deliver(message, destination);
  };
  return {
    channel,
    destination: { to: 'group', locale: 'en' },
    wrong: { to: 'person', locale: 'en', address: 'a' },
    told: () =>
      channel.sent.map(({ message, destination }) => ({
        text: message.title[destination.locale ?? 'en'],
        key: message.key,
      })),
    behave: (next) => {
      how = next;
    },
    away: async () => {
      how = 'busy';
    },
    secrets: [],
    stop: async () => undefined,
  };
});
