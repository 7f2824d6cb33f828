import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const FLOOD = ['The river rose two metres in one night and cut the road to the port.', 'Schools in three districts stay shut until Thursday, the governor said.', 'The water had begun to fall by noon, and the first buses ran again.'];
export const htmlOf = (paragraphs: readonly string[]): string => paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');

/** A NewsML-G2 item in one version; without `text` it tells of a flood. */
export const newsItem = (guid: string, version: number, { status = 'usable', headline = 'River cuts the port road', extra = '', text = FLOOD } = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="${guid}" version="${version}" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/><versionCreated>2026-11-23T0${version}:00:00Z</versionCreated><pubStatus qcode="stat:${status}"/>${extra}</itemMeta>
  <contentMeta><urgency>2</urgency><headline>${headline}</headline><dateline>LATAKIA, Nov 23 (Wire)</dateline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>${htmlOf(text)}</body></html></inlineXML></contentSet></newsItem>`;

/** Puts a file there as an agency's transfer does: written under another name, then moved. */
export async function putFile(folder: string, name: string, text: string): Promise<void> {
  await writeFile(join(folder, `.${name}.tmp`), text);
  await rename(join(folder, `.${name}.tmp`), join(folder, name));
}
