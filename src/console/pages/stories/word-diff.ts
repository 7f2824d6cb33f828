/** One run of a text that stayed, went or came. */
export interface DiffRun {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Longest part, in words, that is compared word by word; beyond it, a change is shown as a whole. */
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

/** What changed between two texts, word by word: the longest common subsequence, what stands before and behind the change aside. */
export function wordDiff(before: string, after: string): readonly DiffRun[] {
  const old = wordsOf(before);
  const now = wordsOf(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const runs: DiffRun[] = [];
  const add = (kind: DiffRun['kind'], text: string): void => {
    const last = runs.at(-1);
    if (text === '') return;
    if (last?.kind === kind) runs[runs.length - 1] = { kind, text: last.text + text };
    else runs.push({ kind, text });
  };
  add('same', old.slice(0, head).join(''));
  middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail), add);
  add('same', old.slice(old.length - tail).join(''));
  return runs;
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
