import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { AREAS } from '../../src/console/areas.js';
import { openApiDocument } from '../../src/console/api/openapi.js';

const content = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }));
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.looseObject({ content })) }))),
});

/** What the OpenAPI document finds wrong with an answer; `path` as the route writes it, below `/api/v1`. */
export function wrongByDocument(method: string, path: string, status: number, body: unknown): string[] {
  const { paths } = document.parse(openApiDocument(AREAS.flatMap(({ api = [] }) => api), '0'));
  const schema = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method]?.responses[status]?.content['application/json']?.schema;
  if (schema === undefined) return [`${method} ${path} has no answer ${status} in the document`];
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  const fits = ajv.compile(schema);
  return fits(body) ? [] : (fits.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
