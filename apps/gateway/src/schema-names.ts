import * as contracts from '@sc/contracts';
import { z, ZodType } from 'zod';

type JsonSchema = Record<string, unknown>;
interface Converted {
  schema: JsonSchema;
  components: Record<string, JsonSchema>;
}

/** Other names of `slugSchema` itself. */
const aliases = new Set(['areaIdSchema', 'domainNameSchema']);

/** Every exported schema of the contracts by its name: `alarmSchema` is `Alarm`. */
const names = z.registry<{ id: string }>();
const byName = new Map<string, ZodType>();
for (const [key, value] of Object.entries(contracts as Record<string, unknown>)) {
  if (!(value instanceof ZodType) || !key.endsWith('Schema')) continue;
  const id = key.charAt(0).toUpperCase() + key.slice(1, -'Schema'.length);
  // A query is taken apart into its parameters, which a reference could not be.
  if (key.endsWith('QuerySchema') || aliases.has(key)) continue;
  // One schema under two names keeps its first.
  if (!names.has(value)) names.add(value, { id });
  byName.set(id, value);
}

/** A zod schema as JSON Schema of OpenAPI 3.1; the contracts' schemas become references to components. */
export function toOpenApi(schema: unknown, io: 'input' | 'output'): Converted | undefined {
  if (!(schema instanceof ZodType)) return undefined;
  const { $schema: _, $defs, ...rest } = convert(schema, io);
  const components = Object.fromEntries(
    Object.entries(($defs ?? {}) as Record<string, JsonSchema>).map(([id, s]) => [id, clean(s)]),
  );
  return { schema: rest, components };
}

/** Named schemas that routes refer to without converting them. */
export function namedSchemas(ids: string[]): Record<string, JsonSchema> {
  const components: Record<string, JsonSchema> = {};
  for (const id of ids) Object.assign(components, toOpenApi(byName.get(id), 'output')?.components);
  return JSON.parse(JSON.stringify(components).replaceAll('#/$defs/', '#/components/schemas/')) as typeof components;
}

function convert(schema: ZodType, io: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    metadata: names,
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // The format says it; the pattern beside it is two lines nobody reads.
      if (jsonSchema.format) delete jsonSchema.pattern;
      // Fields may be added to an answer later: a reader must not refuse them.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  }) as JsonSchema;
}

function clean({ $schema: _, $id: __, id: ___, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
