// Opens the embedded server of a folder and tells what it got, one JSON line each; stays until it is killed or told to go.
// usage: holder.mjs DIST DIR PACKAGE_DIR
import { pathToFileURL } from 'node:url';

const [dist, dir, packageDir] = process.argv.slice(2);
const { openEmbedded } = await import(pathToFileURL(`${dist}/src/redis/index.js`).href);
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const opened = await openEmbedded({ dir, packageDir, say: (said) => tell({ said }) });
if (!opened.ok) {
  tell({ fault: opened.fault.code, message: opened.fault.message });
  process.exit(1);
}
tell({ pid: opened.value.pid, shared: opened.value.shared });
process.stdin.on('end', async () => {
  const released = await opened.value.release();
  tell({ released: released.ok ? released.value : released.fault.code });
  process.exit(0);
});
process.stdin.resume();
