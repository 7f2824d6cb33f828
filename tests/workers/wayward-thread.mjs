// A parse thread for tests: its "pages" say how it is to misbehave.
const memory = [];

// A thread that is slow to start, as one that loads big tables.
for (const end = performance.now() + 1_500; performance.now() < end;);

export default async function task({ input, begun }) {
  Atomics.store(begun, 0, 1);
  const order = new TextDecoder().decode(input.bytes);
  if (order === 'hang') for (;;);
  if (order === 'eat') for (;;) memory.push(Array.from({ length: 100_000 }, () => ({ order })));
  if (order === 'throw') throw new Error('a bad byte');
  if (order === 'exit') process.exit(3);
  if (order === 'refuse') return { ok: false, fault: { code: 'not-html', consequence: 'give-up', message: 'no page', hint: 'look' } };
  if (order === 'work') for (const end = performance.now() + 400; performance.now() < end;);
  return { ok: true, value: { order, bytes: input.bytes.byteLength } };
}
