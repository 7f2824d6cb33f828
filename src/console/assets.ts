import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { packageRoot } from '../package-root.js';

export const ASSETS_PATH = '/assets';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml', '.json': 'application/json', '.webp': 'image/webp',
};

export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** First characters of the digest of its bytes: a changed file has another address, so that browsers may keep each for good. */
  readonly mark: string;
}

/** The console's style, scripts and pictures: all there are, read once. Nothing comes from another host. */
export const ASSETS: ReadonlyMap<string, Asset> = new Map(readdirSync(join(packageRoot, 'assets')).flatMap((name): [string, Asset][] => {
  const type = TYPES[extname(name)];
  if (type === undefined) return [];
  const bytes = new Uint8Array(readFileSync(join(packageRoot, 'assets', name)));
  return [[name, { bytes, type, mark: createHash('sha256').update(bytes).digest('hex').slice(0, 12) }]];
}));

/** Address of an asset within the console; throws for one that is not there, which is a mistake of ours. */
export function assetPath(name: string): string {
  const asset = ASSETS.get(name);
  if (asset === undefined) throw new TypeError(`there is no asset ${name}`);
  return `${ASSETS_PATH}/${name}?${asset.mark}`;
}
