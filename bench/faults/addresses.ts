import type { ItemName } from './items.js';

/** Every source is a host of its own: all of 127.0.0.0/8 is loopback. */
export const hostOf = (source: number, port: number): string => `127.1.${source >> 8}.${source & 255}:${port}`;
export const sourceOfHost = (host: string): number => {
  const [, , high, low] = host.split(':', 1)[0]?.split('.').map(Number) ?? [];
  return (high ?? 0) * 256 + (low ?? 0);
};

export const sourceId = (source: number): string => `made-${source}`;
export const feedUrl = (source: number, port: number): string => `http://${hostOf(source, port)}/feed.xml`;
export const pageUrl = ({ source, number }: ItemName, port: number): string => `http://${hostOf(source, port)}/${number}.html`;
/** Where the page of a moved item stands. */
export const movedUrl = ({ source, number }: ItemName, port: number): string => `http://${hostOf(source, port)}/at/${number}.html`;
