import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse } from '@nestjs/swagger';
import type { ProblemCode } from '@sc/contracts';
import type { ZodType } from 'zod';
import { statusOfProblem } from './problem.js';

/** What a route answers, for the OpenAPI document: `@Answers(alarmSchema)`, `@Answers(deviceCredentialsSchema, 201)`. */
export const Answers = (schema: ZodType, status = 200, description = 'Done.') =>
  ApiResponse({ status, description, standardSchema: schema });

/** A file as the whole body. */
export const TakesFile = (mediaType: string) =>
  applyDecorators(ApiConsumes(mediaType), ApiBody({ required: true, schema: { type: 'string', format: 'binary' } }));

/** The refusals a route knows besides the ones every route has (400, 401, 403, 503, 500). */
export const ApiProblems = (...codes: ProblemCode[]) => {
  const byStatus = Map.groupBy(codes, statusOfProblem);
  return applyDecorators(
    ...[...byStatus].map(([status, list]) =>
      ApiResponse({
        status,
        description: `Problem: ${list.map((code) => `\`${code}\``).join(', ')}.`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      } as Parameters<typeof ApiResponse>[0]),
    ),
  );
};
