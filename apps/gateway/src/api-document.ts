import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { toOpenApi, namedSchemas } from './schema-names.js';

/** The OpenAPI 3.1 document of everything below /api/v1. */
export function apiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Smart Community')
    .setDescription(
      'Lists answer `{items, nextCursor}`. Refusals are RFC 9457 problem details with a stable `code`. ' +
        'Log in with `POST /session`; the session travels in the cookie `sc_session`.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addCookieAuth('sc_session', { type: 'apiKey', in: 'cookie', name: 'sc_session' }, 'session')
    .addSecurityRequirements('session')
    .build();
  const read = () =>
    SwaggerModule.createDocument(app, config, {
      standardSchemaConverter: (schema, { schemaType }) => toOpenApi(schema, schemaType),
      operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
    });
  // Once to learn which schemas are answered: what is asked for under the same name may need another.
  read();
  const document = read();
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...namedSchemas(['Problem']) },
  };
  return document;
}
