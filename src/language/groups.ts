import type { ContrastGroups } from './contrasts.js';
import { ContrastWords } from './contrasts.js';

/** Languages that short texts cannot tell apart, with the words that can. */
export interface Siblings {
  /** Languages of the group, joined by hyphens: `bs-hr-sr`. */
  readonly name: string;
  readonly words: ContrastWords;
}

/** Groups of siblings by the languages that belong to them. */
export class SiblingGroups {
  private readonly byLanguage = new Map<string, Siblings>();

  constructor(groups: ContrastGroups) {
    for (const [name, contrasts] of Object.entries(groups)) {
      const siblings: Siblings = { name, words: new ContrastWords(contrasts) };
      for (const language of name.split('-')) this.byLanguage.set(language, siblings);
    }
  }

  of(language: string): Siblings | undefined {
    return this.byLanguage.get(language);
  }
}
