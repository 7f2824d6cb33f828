import { createInterface } from 'node:readline/promises';

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks a question that yes or nothing but Return answers with yes; the end of the input is a no. */
export async function confirm(question: string, { input, output }: Terminal): Promise<boolean> {
  const lines = createInterface({ input, output });
  try {
    const ended = new Promise<null>((resolve) => lines.once('close', () => resolve(null)));
    const answer = await Promise.race([lines.question(`${question} [Y/n] `), ended]);
    return answer !== null && /^(?:|y|yes)$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
