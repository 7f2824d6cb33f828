import { isSampleSource, type SourceConfig } from '../config/index.js';

/** The sources in use: those switched on, the sample wire only where the settings want it. */
export class SourceSet {
  readonly #sampleWire: boolean;
  #byId: ReadonlyMap<string, SourceConfig> = new Map();
  #configured: readonly SourceConfig[] = [];

  constructor(sources: readonly SourceConfig[], sampleWire: boolean) {
    this.#sampleWire = sampleWire;
    this.replace(sources);
  }

  replace(sources: readonly SourceConfig[]): void {
    this.#configured = sources;
    const used = sources.filter((source) => source.enabled && (this.#sampleWire || !isSampleSource(source)));
    this.#byId = new Map(used.map((source) => [source.id, source]));
  }

  get(id: string): SourceConfig | undefined {
    return this.#byId.get(id);
  }

  get ids(): string[] {
    return [...this.#byId.keys()];
  }

  /** Those switched off too. */
  get configured(): readonly SourceConfig[] {
    return this.#configured;
  }

  get all(): readonly SourceConfig[] {
    return [...this.#byId.values()];
  }
}
