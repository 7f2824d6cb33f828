import type { Outcome } from '../fault.js';

/** A client that is opened at its first use, once for all who ask meanwhile; an opening that failed is tried again at the next use. */
export class OpenedOnce<Client> {
  readonly #open: () => Promise<Outcome<Client>>;
  readonly #end: (client: Client) => Promise<void>;
  #opening: Promise<Outcome<Client>> | null = null;

  constructor(open: () => Promise<Outcome<Client>>, end: (client: Client) => Promise<void>) {
    this.#open = open;
    this.#end = end;
  }

  async ready(): Promise<Outcome<Client>> {
    this.#opening ??= this.#open();
    const opened = await this.#opening;
    if (!opened.ok) this.#opening = null;
    return opened;
  }

  async close(): Promise<void> {
    const opened = await this.#opening;
    this.#opening = null;
    if (opened?.ok === true) await this.#end(opened.value);
  }
}
