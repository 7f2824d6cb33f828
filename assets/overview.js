// oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- runs in the browser, whose types the service is compiled without
// The page is whole without this; it only keeps it up to date.
const root = document.querySelector('[data-live]');
if (root !== null) {
  const shown = new Map();
  const stream = new EventSource(root.dataset.live);
  stream.addEventListener('parts', ({ data }) => {
    for (const [id, markup] of Object.entries(JSON.parse(data))) {
      const part = document.getElementById(id);
      // What somebody stands in, or has opened, is not taken from under them.
      if (part === null || shown.get(id) === markup || part.contains(document.activeElement) || part.querySelector('details[open]') !== null) continue;
      shown.set(id, markup);
      part.innerHTML = markup;
    }
    root.dataset.state = 'live';
  });
  stream.addEventListener('error', () => { root.dataset.state = 'lost'; });
  addEventListener('pagehide', () => stream.close());
}
