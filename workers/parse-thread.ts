/** Entry of a parse thread: one message, one task. */
import { parseTasks, type AnswerInput, type FeedInput, type LookInput, type PageInput, type SourcesInput, type SurveyInput, type WireInput } from './parse-tasks.js';
import { begin } from './task-clock.js';
import { loadTables } from './warm-up.js';

export type ThreadMessage = { readonly begun: Int32Array } & (
  { readonly name: 'feed'; readonly input: FeedInput } | { readonly name: 'page'; readonly input: PageInput }
  | { readonly name: 'answer'; readonly input: AnswerInput } | { readonly name: 'survey'; readonly input: SurveyInput }
  | { readonly name: 'look'; readonly input: LookInput } | { readonly name: 'wire'; readonly input: WireInput } | { readonly name: 'sources'; readonly input: SourcesInput }
);

// Before the first task, so that no page pays for it.
loadTables();

export default function runTask(message: ThreadMessage): Promise<unknown> {
  begin(message.begun);
  if (message.name === 'feed') return parseTasks.feed(message.input);
  if (message.name === 'look') return parseTasks.look(message.input);
  if (message.name === 'answer') return parseTasks.answer(message.input);
  if (message.name === 'survey') return parseTasks.survey(message.input);
  if (message.name === 'wire') return parseTasks.wire(message.input);
  return message.name === 'page' ? parseTasks.page(message.input) : parseTasks.sources(message.input);
}
