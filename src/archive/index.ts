export { archivedPageSchema, type ArchivedPage } from './archived-page.js';
export { PageArchive, type ArchiveFilter } from './page-archive.js';
export { writeWarc } from './warc.js';
