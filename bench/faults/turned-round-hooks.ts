/** The module loader's part of `turned-round.ts`: puts `turned-round-sinks.js` in the place of the sinks that the service opens. */
import type { ResolveHook } from 'node:module';

const SINKS = /\/dist\/src\/sink\/index\.js$/;
const TURNED = new URL('./turned-round-sinks.js', import.meta.url).href;

export const resolve: ResolveHook = async (specifier, context, next) => {
  const found = await next(specifier, context);
  return SINKS.test(found.url) && context.parentURL !== TURNED ? { ...found, url: TURNED } : found;
};
