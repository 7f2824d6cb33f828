import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '../../src/package-root.js';

const read = (name: string): string => readFileSync(join(packageRoot, 'observability', name), 'utf8');

const rule = z.strictObject({
  alert: z.string().regex(/^Dateline[A-Z][A-Za-z]+$/), expr: z.string().min(1), for: z.string().regex(/^\d+m$/),
  labels: z.strictObject({ severity: z.enum(['page', 'warn']) }),
  annotations: z.strictObject({ summary: z.string().min(10), description: z.string().min(10) }),
});
export const rules = z.strictObject({ groups: z.tuple([z.strictObject({ name: z.string(), rules: z.array(rule).min(1) })]) }).parse(parse(read('alerts.yml'))).groups[0].rules;

const panel = z.looseObject({
  id: z.int(), title: z.string().min(1), type: z.enum(['stat', 'timeseries', 'table']), datasource: z.strictObject({ type: z.literal('prometheus'), uid: z.string() }),
  gridPos: z.strictObject({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1), h: z.int().min(1) }),
  targets: z.array(z.looseObject({ refId: z.string(), expr: z.string().min(1), legendFormat: z.string() })).min(1),
});
export const dashboard = z.looseObject({ uid: z.string(), title: z.string(), panels: z.array(panel).min(1) }).parse(JSON.parse(read('grafana/dashboards/dateline.json')));

/** Every expression that Prometheus is asked, by where it stands. */
export const EXPRESSIONS: readonly (readonly [string, string])[] = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

/** One metric that an expression names, and the labels it chooses by. */
export interface Chosen {
  readonly metric: string;
  readonly labels: readonly { readonly label: string; readonly matches: RegExp }[];
}

/** Metrics of the service in an expression; a metric of Prometheus itself (`up`) is none. */
export const chosenIn = (expr: string): readonly Chosen[] => [...expr.matchAll(/\b(dateline_\w+)(?:\{([^}]*)\})?/g)].map(([, metric = '', choice = '']) => ({
  metric,
  labels: [...choice.matchAll(/(\w+)(?:=~|!=|!~|=)"([^"]*)"/g)].map(([, label = '', value = '']) => ({ label, matches: new RegExp(`^(?:${value})$`) })),
}));

/** Labels that an expression groups by. */
export const groupedIn = (expr: string): readonly string[] => [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/,\s*/));
