import { z } from 'zod';
import { jsonSchema, type Schema } from './json-schema.js';
import { problemSchema } from './problem.js';
import { API_PATH, type ApiRoute } from './route.js';

/**
 * The OpenAPI 3.1 document of the routes. Its schemas are made of the ones that read the input: zod writes JSON Schema 2020-12,
 * which is what OpenAPI 3.1 holds, so that neither a second description nor a library between is needed.
 */
export function openApiDocument(routes: readonly ApiRoute[], version: string): Schema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Dateline', version,
      description: 'All that the console does, for programs. On loopback without users nothing is asked for; else a token as `Authorization: Bearer`, or the cookie of a login with `X-CSRF-Token` on every change.',
    },
    servers: [{ url: API_PATH }],
    security: [{ token: [] }, { session: [] }, {}],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'dateline_session' },
      },
    },
  };
}

function operation(route: ApiRoute): Schema {
  const { method, path, access, summary, description, body, answer, status = 200, consumes = 'application/json', produces = 'application/json' } = route;
  return {
    operationId: operationId(method, path),
    summary,
    description: `${description === undefined ? '' : `${description}\n\n`}Takes the role ${access}.`,
    'x-role': access,
    tags: [path.split('/')[1] ?? ''],
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(body === null ? {} : { requestBody: { required: true, content: { [consumes]: { schema: jsonSchema(body, 'input') } } } }),
    responses: {
      [status]: { description: 'Done', content: { [produces]: { schema: jsonSchema(answer, 'output') } } },
      default: { description: 'What went wrong', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}

/** `get /sources/:id/items` is `getSourcesIdItems`. */
const operationId = (method: string, path: string): string =>
  method + path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');

function parameters(schema: z.ZodObject, where: 'path' | 'query'): Schema[] {
  const { properties = {}, required = [] } = z.object({ properties: z.record(z.string(), z.looseObject({ description: z.string().optional() })).optional(), required: z.array(z.string()).optional() })
    .parse(jsonSchema(schema, 'input'));
  return Object.entries(properties).map(([name, { description, ...type }]) => ({
    name, in: where, required: where === 'path' || required.includes(name), ...(description === undefined ? {} : { description }), schema: type,
  }));
}
