import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** Holds a value against IPTC's schema; gives the errors in one line, or null where there are none. */
export function ninjsValidator(schema: string): (value: unknown) => string | null {
  // The schema marks its types twice over, which strict mode takes for mistakes.
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  formats.default(ajv);
  // A story has no shapes on a map; the schema of those lies elsewhere.
  ajv.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json', type: 'object' });
  const check = ajv.compile(JSON.parse(schema) as object);
  return (value) => (check(value) ? null : ajv.errorsText(check.errors));
}
