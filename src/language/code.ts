/** Characters that programs and data are full of and prose hardly has. */
const marks = new Set(Array.from('{};=<>|\\`_$[]', (mark) => mark.charCodeAt(0)));
/** Marks a letter from which a text is code: prose keeps below a fiftieth, even with footnotes. */
const MARK_SHARE = 0.08;
const LEAST_MARKS = 3;
/** Only the beginning is looked at: code in an article stands in a paragraph of its own. */
const LONGEST = 2_000;

/** Lines that are statements of a programming, query or shell language, though most of their words are English. */
const statements: readonly RegExp[] = [
  /^\s*(?:SELECT\b.{1,300}\bFROM|INSERT\s+INTO|UPDATE\b.{1,200}\bSET|DELETE\s+FROM|(?:CREATE|ALTER|DROP)\s+(?:TABLE|INDEX|VIEW|DATABASE))\b/,
  /^\s*(?:select\b.{1,300}\bfrom\b.{1,200}(?:\bwhere\b|;|\border by\b|\bjoin\b)|insert\s+into\s+\w+\s*\(|delete\s+from\s+\w+\s+where)/,
  /^\s*(?:import|from|export)\s+[\w{}*,. ]{1,80}\s+(?:from|import|as)\s/,
  /^\s*(?:def|function|class|func|fn|public|private|static|const|let|var|void|int|#include|package|use|using)\s+[\w.<>"':, ]{1,80}\s*[({=;]/,
  /^\s*(?:if|for|while|switch|catch|return)\s*\([^)]{0,200}\)\s*[{;]/,
  /^\s*(?:\$|#|>)\s*(?:npm|git|cd|ls|sudo|apt|pip|docker|curl|cat|rm|mkdir|make|node|python3?)\s/,
  /^\s*(?:at|File|Traceback|Exception in)\s+["\w.$/]{1,120}[:(]/,
  /\b\w{1,40}\.\w{1,40}\([^)]{0,80}\)\s*;?\s*$/,
];

/** Whether a text reads like a program, a query, a command or a data structure rather than prose. */
export function looksLikeCode(text: string, letters: number): boolean {
  const start = text.slice(0, LONGEST);
  let found = 0;
  for (let at = 0; at < start.length; at++) if (marks.has(start.charCodeAt(at))) found++;
  if (found >= LEAST_MARKS && found > MARK_SHARE * Math.min(letters, start.length)) return true;
  const [line = ''] = start.split('\n', 1);
  return statements.some((statement) => statement.test(line.slice(0, 500)));
}
