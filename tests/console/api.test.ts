import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AREAS } from '../../src/console/areas.js';
import { createConsoleApp } from '../../src/console/app.js';
import { openApiDocument } from '../../src/console/api/openapi.js';
import { API_PATH } from '../../src/console/api/route.js';
import { useRedis } from '../redis.js';
import { useStore } from '../store/use-store.js';
import { wrongByDocument } from './document.js';
import { useServices } from './services.js';

const store = useRedis();
const { store: stories } = useStore();
const services = useServices(store, { stories });
const app = createConsoleApp({ services });
const local = { host: '127.0.0.1:4700' };
const routes = AREAS.flatMap(({ api = [] }) => api);

test('the document is OpenAPI 3.1, and lies where it is said to', async () => {
  const response = await app.request(`${API_PATH}/openapi.json`, { headers: local });
  const document = z.record(z.string(), z.unknown()).parse(await response.json());
  const result = await new Validator().validate(document);
  expect(result).toMatchObject({ valid: true });
  expect(document['openapi']).toBe('3.1.0');
});

test('every route is in the document once, says its role, and every change has a name for the audit list', () => {
  const { paths } = z.object({ paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string(), 'x-role': z.string() }))) }).parse(openApiDocument(routes, '0'));
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  expect(operations).toHaveLength(routes.length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
  expect(routes.filter(({ method, action }) => method !== 'get' && action === undefined)).toEqual([]);
});

describe('what comes in is held to the schemas', () => {
  const ask = (path: string) => app.request(API_PATH + path, { headers: local });
  test('an unknown parameter is named', async () => {
    const response = await ask('/ledger?sauce=x');
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 400, code: 'input-invalid', detail: expect.stringContaining('sauce') as unknown });
  });
  test('an address that is not there says where to look', async () => {
    expect(await (await ask('/nowhere')).json()).toMatchObject({ status: 404, code: 'no-such-address', hint: expect.stringContaining('openapi.json') as unknown });
  });
});

/** Reading routes whose parameters all have defaults; the others are asked in the tests of their areas. */
const plain = routes.filter(({ method, path, produces }) => method === 'get' && !path.includes(':') && produces === undefined);

test.each(plain.map((route) => [route.path, route] as const))('%s answers as the document says', async (path) => {
  const response = await app.request(API_PATH + path, { headers: local });
  const body: unknown = await response.json();
  expect({ status: response.status, body }).toMatchObject({ status: 200 });
  expect(wrongByDocument('get', path, 200, body)).toEqual([]);
});
