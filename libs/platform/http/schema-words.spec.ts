import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { longestRestDays, maxEventDataDepth } from '@sc/contracts';
import ts from 'typescript';
import { z } from 'zod';
import { issueText, schemaWords } from './schema-words.js';

const contracts = join(import.meta.dirname, '../../contracts');
const sources = readdirSync(contracts, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => [file, readFileSync(join(contracts, file), 'utf8')] as const);

/** The words of `refine(…, 'words')`, `regex(…, 'words')` and of `message` and `error` in what a check of a schema is given. */
function messagesIn(file: string, source: string): string[] {
  const found: string[] = [];
  const keep = (node: ts.Expression) => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    else if (ts.isTemplateExpression(node)) found.push(filled(node.getText()));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const check = node.expression.name.text;
      for (const argument of node.arguments) {
        if (check === 'refine' || check === 'regex') keep(argument);
        if (['refine', 'regex', 'union', 'check'].includes(check) && ts.isObjectLiteralExpression(argument))
          for (const property of argument.properties)
            if (ts.isPropertyAssignment(property) && /^(message|error)$/.test(property.name.getText()))
              keep(property.initializer);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}

const filled = (template: string) =>
  template
    .slice(1, -1)
    .replace('${longestRestDays}', String(longestRestDays))
    .replace('${maxEventDataDepth}', String(maxEventDataDepth));

describe('what a schema says of a mistake', () => {
  const messages = new Set(sources.flatMap(([file, source]) => messagesIn(file, source)));

  it('has its Chinese words, and none is left over', () => {
    expect(messages.size).toBeGreaterThan(60);
    expect([...messages].filter((message) => !(message in schemaWords))).toEqual([]);
    expect(Object.keys(schemaWords).filter((message) => !messages.has(message))).toEqual([]);
  });

  it.each([
    [z.string().min(3), 'ab', '至少 3 个字符'],
    [z.array(z.int()).max(1), [1, 2], '最多 1 项'],
    [z.int().max(200), 900, '不得大于 200'],
    [z.number().positive(), 0, '必须大于 0'],
    [z.enum(['zh-CN', 'en']), 'de', '只能是 zh-CN、en'],
    [z.strictObject({ name: z.string() }), {}, '缺失'],
    [z.string(), 5, '类型不符，应为 string'],
    [z.iso.datetime(), 'x', '无效ISO日期时间'],
    [z.strictObject({}), { more: 1 }, '出现未知的键(key): "more"'],
  ])('is told of what the library finds: %#', (schema: z.ZodType, value, words) => {
    expect(schema.safeParse(value).error?.issues.map((issue) => issueText(issue)['zh-CN'])).toEqual([words]);
  });
});
