/** People as feeds name them: `Name`, `mail@host (Name)`, `Name <mail@host>`. */
import { oneLine } from './html-text.js';
import type { FeedPerson } from './types.js';

const MAIL = /^(?:mailto:)?([^\s@<>()"]+@[^\s@<>()"]+\.[^\s@<>()"]+)$/i;

/** Splits a person written on one line. Null where nothing is left. */
export function readPerson(written: string): FeedPerson | null {
  const text = oneLine(written).slice(0, 2000);
  if (text === '') return null;
  const [, mailFirst, inBrackets] = /^(\S+@\S+)\s{0,9}\((.*)\)$/.exec(text) ?? [];
  if (mailFirst !== undefined && inBrackets !== undefined && MAIL.test(mailFirst)) return person(inBrackets, mailFirst);
  const [, mailBefore, nameAfter] = /^(\S+@\S+)\s{1,9}-?\s{0,9}(\S.*)$/.exec(text) ?? [];
  if (mailBefore !== undefined && nameAfter !== undefined && MAIL.test(mailBefore)) return person(nameAfter.replace(/^[<(]|[>)]$/g, ''), mailBefore);
  const [, name, mail] = /^(.*?)\s{0,9}[<([]\s{0,9}(?:mailto:)?([^\s@<>()]+@[^\s<>()\]]+)\s{0,9}[>)\]]$/.exec(text) ?? [];
  if (name !== undefined && mail !== undefined) return person(name, mail);
  return MAIL.test(text) ? person('', text) : { name: text };
}

function person(name: string, mail: string): FeedPerson {
  const clean = oneLine(name).replace(/^"(.*)"$/, '$1');
  const email = mail.replace(/^mailto:/i, '');
  return clean === '' ? { email } : { name: clean, email };
}
