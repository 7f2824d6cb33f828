/** What one run of one system took. */
export interface RunResult {
  readonly pages: number;
  readonly seconds: number;
  /** User and system time of the process with its threads. */
  readonly cpuSeconds: number;
  /** Peak. */
  readonly rssMiB: number;
  readonly note: string;
}
