import { z } from 'zod';
import { readTable } from './tables.js';

export type SlotName = 'PLACE' | 'HPLACE' | 'DATE' | 'TIME' | 'AGENCY' | 'BARE' | 'NAMES' | 'NAMEPLACE' | 'PLACENAME' | 'REPORT' | 'PERSON' | 'WORD' | 'HWORD' | 'HNAMES' | 'MARK' | 'DASH' | 'SEP' | 'LINE';
const slots: ReadonlySet<string> = new Set<SlotName>(['PLACE', 'HPLACE', 'DATE', 'TIME', 'AGENCY', 'BARE', 'NAMES', 'NAMEPLACE', 'PLACENAME', 'REPORT', 'PERSON', 'WORD', 'HWORD', 'HNAMES', 'MARK', 'DASH', 'SEP', 'LINE']);

export type Step = { readonly optional: boolean } & (
  | { readonly kind: 'slot'; readonly slot: SlotName }
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  | { readonly kind: 'literal'; readonly choices: readonly string[] }
);

export interface Order {
  readonly id: string;
  readonly steps: readonly Step[];
  readonly weight: number;
  /** Names no place: what it matches is cut but is no dateline. */
  readonly prefix: boolean;
  /** Evidence added by language. */
  readonly habit: ReadonlyMap<string, number>;
}

/** Reads "PLACE SEP? DATE ( AGENCY ) MARK?" into steps. */
export function compileForm(form: string): Step[] {
  return form.split(/\s+/u).map((word): Step => {
    const optional = word.length > 1 && word.endsWith('?');
    const name = optional ? word.slice(0, -1) : word;
    if (slots.has(name)) return { kind: 'slot', slot: name as SlotName, optional };
    if (name === '(') return { kind: 'open', optional };
    if (name === ')') return { kind: 'close', optional };
    if (/[A-Z]{3,}/u.test(name)) throw new Error(`there is no step ${name}`);
    return { kind: 'literal', choices: name === ',' ? [',', '،', '、', ';', '，', '፣', '፤'] : name.split('|').filter((choice) => choice !== ''), optional };
  });
}

const orderSchema = z.strictObject({ id: z.string(), form: z.string(), weight: z.number(), prefix: z.boolean().default(false), habit: z.record(z.string(), z.number()).default({}) });
const ordersSchema = z.strictObject({ orders: z.array(orderSchema), closing: z.array(orderSchema) });

const compile = ({ id, form, weight, prefix, habit }: z.output<typeof orderSchema>): Order =>
  ({ id, weight, prefix, habit: new Map(Object.entries(habit)), steps: compileForm(form) });
const table = readTable('orders.yaml', ordersSchema);

/** Orders at the head of a text, in the table's order. */
export const orders: readonly Order[] = table.orders.map(compile);

/** A step, the orders that end with it, and the steps that may follow: orders that begin alike are walked once. */
export interface OrderNode {
  readonly step: Step;
  readonly orders: Order[];
  readonly next: OrderNode[];
}

function grow(orders: readonly Order[]): OrderNode[] {
  const roots: OrderNode[] = [];
  for (const order of orders) {
    let level = roots;
    let node: OrderNode | undefined;
    for (const step of order.steps) {
      const key = JSON.stringify(step);
      node = level.find((each) => JSON.stringify(each.step) === key);
      if (node === undefined) {
        node = { step, orders: [], next: [] };
        level.push(node);
      }
      level = node.next;
    }
    node?.orders.push(order);
  }
  return roots;
}

export const orderTree: readonly OrderNode[] = grow(orders);
/** Orders at the end of a text. */
export const closingTree: readonly OrderNode[] = grow(table.closing.map(compile));
