import type { Visitor } from './visitor.js';

/** What is known of a request behind the access check. */
export interface ConsoleEnv {
  readonly Variables: { visitor: Visitor };
}
