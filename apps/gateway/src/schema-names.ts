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

/** Names that were met in an answer. */
const answered = new Set<string>();

/** A zod schema as JSON Schema of OpenAPI 3.1; the contracts' schemas become references to components. */
export function toOpenApi(schema: unknown, io: 'input' | 'output'): Converted | undefined {
  if (!(schema instanceof ZodType)) return undefined;
  const converted = convert(schema, io);
  if (io === 'output') for (const id of Object.keys(defsOf(converted))) answered.add(id);
  const { $schema: _, $defs, ...rest } = io === 'output' ? converted : withNamesOfItsOwn(converted);
  const components = Object.fromEntries(
    Object.entries(($defs ?? {}) as Record<string, JsonSchema>).map(([id, s]) => [id, clean(s)]),
  );
  return { schema: rest, components };
}

/** What may be left out of a request stands in every answer: where a schema is met in both, the request's is `{name}Input`. */
function withNamesOfItsOwn(request: JsonSchema): JsonSchema {
  const defs = Object.entries(defsOf(request));
  const differing = new Set<string>();
  for (let known = -1; known < differing.size;) {
    known = differing.size;
    for (const [id, schema] of defs)
      if (answered.has(id) && (differs(id, schema) || [...differing].some((other) => refersTo(schema, other))))
        differing.add(id);
  }
  let text = JSON.stringify({ ...request, $defs: undefined });
  let own = JSON.stringify(Object.fromEntries(defs.map(([id, s]) => [differing.has(id) ? `${id}Input` : id, s])));
  for (const id of differing) {
    text = text.replaceAll(refTo(id), refTo(`${id}Input`));
    own = own.replaceAll(refTo(id), refTo(`${id}Input`));
  }
  return { ...(JSON.parse(text) as JsonSchema), $defs: JSON.parse(own) as JsonSchema };
}

const defsOf = ({ $defs }: JsonSchema): Record<string, JsonSchema> => ($defs ?? {}) as Record<string, JsonSchema>;
const refTo = (id: string): string => `"#/$defs/${id}"`;
const refersTo = (schema: JsonSchema, id: string): boolean => JSON.stringify(schema).includes(refTo(id));

const answers = new Map<string, string>();
function differs(id: string, requested: JsonSchema): boolean {
  const schema = byName.get(id);
  if (!schema) return false;
  const answer = answers.get(id) ?? JSON.stringify(defsOf(convert(schema, 'output'))[id]);
  answers.set(id, answer);
  return answer !== JSON.stringify(requested);
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
