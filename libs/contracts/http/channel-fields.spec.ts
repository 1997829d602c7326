import { channelFields } from './channel-fields.js';
import { channelKinds, channelSecretsSchemas, channelSettingsSchemas } from './channels.js';

it.each(channelKinds)('%s: the form has the fields of the schemas', (kind) => {
  const names = (fields: readonly { name: string }[]) => fields.map(({ name }) => name).toSorted();
  expect(names(channelFields[kind].settings)).toEqual(Object.keys(channelSettingsSchemas[kind].shape).toSorted());
  expect(names(channelFields[kind].secrets)).toEqual(Object.keys(channelSecretsSchemas[kind].shape).toSorted());
});

it.each(channelKinds)('%s: a field that may be empty is one that the schema does not need', (kind) => {
  for (const [fields, schemas] of [
    [channelFields[kind].settings, channelSettingsSchemas[kind].shape],
    [channelFields[kind].secrets, channelSecretsSchemas[kind].shape],
  ] as const)
    for (const { name, required } of fields)
      if (!required)
        expect(
          (schemas as Record<string, { safeParse(v: unknown): { success: boolean } }>)[name]!.safeParse(undefined)
            .success,
        ).toBe(true);
});
