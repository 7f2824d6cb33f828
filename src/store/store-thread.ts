import { workerData } from 'piscina';
import { z } from 'zod';
import { codeOf, storeTasks, type ThreadAnswer } from './store-tasks.js';

const { path, kind } = z.object({ path: z.string(), kind: z.enum(['reading', 'writing']) }).parse(workerData);

type AnyTask = (...values: readonly unknown[]) => unknown;
let tasks: Readonly<Record<string, AnyTask>> | null = null;

/** The thread's one task: opens the file when first asked, and does what is named. */
export default function run({ name, values }: { readonly name: string; readonly values: readonly unknown[] }): ThreadAnswer {
  try {
    // Names and values come from the class beside this file, whose types are those of the tasks.
    tasks ??= storeTasks[kind](path) as Readonly<Record<string, AnyTask>>;
    const task = tasks[name];
    if (task === undefined) throw new Error(`no task ${name}`);
    return { ok: true, value: task(...values) };
  } catch (error) {
    return { ok: false, code: codeOf(error), message: error instanceof Error ? error.message : String(error) };
  }
}
