import { wordTable } from './word-table.js';

export const withdrawalTable = wordTable('withdrawals.yaml', ['notice']).notice;

/** A notice is short; a long text that holds the words tells of something. */
const LONGEST_NOTICE = 600;

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('en').replace(/[\s.,!:;'"’‘“”«»]+/gu, ' ').trim();
const phrases = Object.values(withdrawalTable).flat().map(fold);

/** Whether a page has put a notice of withdrawal in the place of its story. */
export function saysWithdrawn(headline: string | null, text: string): boolean {
  if (text.length > LONGEST_NOTICE) return false;
  const said = fold(`${(headline ?? '').slice(0, LONGEST_NOTICE)} ${text}`);
  return phrases.some((phrase) => said.includes(phrase));
}
