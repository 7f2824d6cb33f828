/** One run of a text that stayed, went or came. */
export interface DiffRun {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Longest change, in characters and in words, that is compared word by word; beyond it, it is shown as a whole. */
const MOST_CHARACTERS = 12_000;
const MOST_WORDS = 1_500;

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
/** Words with the white space behind them, in any script. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    if (/^\s+$/u.test(segment) && words.length > 0) words[words.length - 1] += segment;
    else words.push(segment);
  }
  return words;
}

/** What changed between two texts, word by word: the longest common subsequence of what lies between their common ends. */
export function wordDiff(before: string, after: string): readonly DiffRun[] {
  const runs: DiffRun[] = [];
  const add = (kind: DiffRun['kind'], text: string): void => {
    const last = runs.at(-1);
    if (text === '') return;
    if (last?.kind === kind) runs[runs.length - 1] = { kind, text: last.text + text };
    else runs.push({ kind, text });
  };
  const head = commonHead(before, after);
  const tail = commonTail(before.slice(head), after.slice(head));
  const old = before.slice(head, before.length - tail);
  const now = after.slice(head, after.length - tail);
  add('same', before.slice(0, head));
  if (Math.max(old.length, now.length) > MOST_CHARACTERS) {
    add('gone', old);
    add('new', now);
  } else {
    middle(wordsOf(old), wordsOf(now), add);
  }
  add('same', before.slice(before.length - tail));
  return runs;
}

/** Characters that both begin with, back to the end of a word. */
function commonHead(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let at = 0;
  while (at < most && left[at] === right[at]) at += 1;
  if (at === left.length && at === right.length) return at;
  while (at > 0 && !/\s/u.test(left[at - 1] ?? '')) at -= 1;
  return at;
}

function commonTail(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let length = 0;
  while (length < most && left.at(-1 - length) === right.at(-1 - length)) length += 1;
  while (length > 0 && !/\s/u.test(left.at(-length) ?? '')) length -= 1;
  return length;
}

function middle(old: readonly string[], now: readonly string[], add: (kind: DiffRun['kind'], text: string) => void): void {
  if (old.length > MOST_WORDS || now.length > MOST_WORDS) {
    add('gone', old.join(''));
    add('new', now.join(''));
    return;
  }
  // lengths[i * width + j]: of the longest common subsequence of old[i…] and now[j…].
  const width = now.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = old[i] === now[j] ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
        : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add('same', now[j] ?? '');
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))) {
      add('gone', old[i] ?? '');
      i += 1;
    } else {
      add('new', now[j] ?? '');
      j += 1;
    }
  }
}
