/** Entry of a parse thread: one message, one task. */
import { parseTasks, type FeedInput, type PageInput } from './parse-tasks.js';

export type ThreadMessage = { readonly name: 'feed'; readonly input: FeedInput } | { readonly name: 'page'; readonly input: PageInput };

export default function runTask(message: ThreadMessage): Promise<unknown> {
  return message.name === 'feed' ? parseTasks.feed(message.input) : parseTasks.page(message.input);
}
