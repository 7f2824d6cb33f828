/** Words before a name: "By", "Von", "作者"; folded, matched at the start. */
export const BYLINE_LEADS: readonly string[] = [
  'by', 'written by', 'story by', 'words by', 'text by', 'posted by', 'published by', 'reported by', 'report by', 'reporting by', 'author', 'authors', 'from',
  'analysis by', 'opinion by', 'review by', 'interview by', 'contributed by', 'view all posts by', 'article by',
  'von', 'ein artikel von', 'ein beitrag von', 'eine analyse von', 'ein kommentar von', 'ein gastbeitrag von', 'autor', 'autorin', 'autoren', 'geschrieben von', 'interview', 'text',
  'door', 'auteur', 'par', 'publié par', 'propos recueillis par', 'écrit par', 'rédigé par', 'por', 'escrito por', 'publicado por', 'di', 'a cura di', 'autore', 'scritto da',
  'de', 'av', 'af', 'tekst', 'oprac', 'autorzy', 'foto', 'kirjoittaja', 'autor článku', 'skriven av', 'skrevet av', 'szerző', 'írta', 'autorius',
  'автор', 'авторы', 'текст', 'автор текста', 'автор статьи', 'του', 'της', 'γράφει ο', 'γράφει η', 'γράφει', 'συντάκτης', 'από τον', 'από την', 'yazar', 'yazan', 'haber', 'muhabir',
  'كتب', 'كتبت', 'كتبه', 'بقلم', 'الكاتب', 'إعداد', 'نویسنده', 'به قلم', 'خبرنگار', 'تحریر', 'מאת', 'כתב', 'लेखक', 'द्वारा', 'written by', 'edited by', 'penulis', 'oleh', 'reporter', 'tác giả', 'theo',
  '作者', '记者', '記者', '本报记者', '本報記者', '文', '撰文', '撰稿', '编译', '文章作者', '原作者', '見習記者', '通讯员', '執筆', '著者', '取材', '文責', '글', '취재',
];
/** Words after a name: roles. */
const ROLE_TAILS = /\s*(?:기자|특파원|선임기자|인턴기자|記者|记者|特派員|編集委員|さん|氏)$/u;
const ROLE = /^(?:staff writer|staff|contributor|contributing writer|senior |political |chief |editor|reporter|correspondent|redakteur|journalist|kolumnist|freier|managing|associated press|reuters|associate|deputy|business |sports |writer|columnist|redaktion$|редактор|корреспондент|journaliste|periodista|redactor|giornalista|dziennikarz|toimittaja|muhabiri|editörü|published|updated|posted|follow|read|contact|more|view|all|share|subscribe|comments?|photos?|image|getty|video)/i;
const PARTICLE = /^(?:de|da|do|dos|das|del|della|di|van|von|der|den|ter|ten|zu|zum|la|le|el|al|bin|ibn|bint|abu|ben|y|e|i|af|av|mc|o|st|dr|prof|jr|sr|ii|iii|iv|md|phd|and)\.?$/i;
const CASED = /^[\p{Lu}\p{Lt}]/u;
const HAN_NAME = /^[\p{sc=Han}·•\s]{2,8}$/u;

const escaped = BYLINE_LEADS.toSorted((left, right) => right.length - left.length).map((lead) => lead.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
const LEAD = new RegExp(`^(?:${escaped.join('|')})(?:\\s*[:：/／|]\\s*|\\s+|(?=[\\p{sc=Han}]))`, 'iu');
const SPLIT = /\s*(?:[,;|/／•·、，；\n]|\s(?:and|und|et|og|och|with|mit|avec|con|и|та|και|ve|en)\s|&|\s[–—-]\s)\s*/iu;
const SPACED_SPLIT = /\s(?:y|e|i|و)\s/u;

/** Strips what stands before and after a name: "By", titles in brackets, roles. */
export function bareName(written: string): string {
  let name = written.trim().replace(/[（(【[][^)）】\]]{0,60}[)）】\]]?\s*$/u, '').trim();
  for (let round = 0; round < 2; round += 1) name = name.replace(LEAD, '').trim();
  return name.replace(ROLE_TAILS, '').replace(/^[\s:：•·–—-]+|[\s:：,.;•·–—-]+$/gu, '').trim();
}

/** Whether a text begins as a byline does, with a word for it. */
export const beginsAsByline = (text: string): boolean => LEAD.test(text);

/** A person's name by its form: two to five words with capitals, or the like in scripts without case. */
export function isPersonName(name: string): boolean {
  if (name.length < 2 || name.length > 50 || /[\d@#:!?"“”<>=]|https?|www\./u.test(name) || ROLE.test(name)) return false;
  // Words of a label, not of a name.
  if (/記事|書いた|編集部|編輯部|编辑部|新聞|新闻|通信|報道|取材/u.test(name)) return false;
  if (HAN_NAME.test(name)) return name.replace(/[·•\s]/gu, '').length <= 6;
  if (/^[\p{sc=Hangul}]{2,5}$/u.test(name)) return true;
  if (/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}・\s]{2,14}$/u.test(name)) return true;
  const words = name.split(/\s+/);
  if (words.length < 2 || words.length > 6) return false;
  let named = 0;
  for (const word of words) {
    if (!/^[\p{L}\p{M}.'’‘\u200c-]+$/u.test(word)) return false;
    if (PARTICLE.test(word)) continue;
    const cased = /\p{Ll}|\p{Lu}/u.test(word);
    if (cased && !CASED.test(word.replace(/^(?:d|l|o)['’]/u, ''))) return false;
    named += 1;
  }
  return named >= 1;
}

/** The separate names in one written list. */
export function namesIn(written: string): string[] {
  const text = written.slice(0, 400).replace(/[（(]\s*(?:image|photo|foto|bild)\b[^)）]{0,120}[)）]?/giu, ' ').replace(LEAD, '');
  return text.split(SPLIT).flatMap((part) => (part.split(' ').length > 4 ? part.split(SPACED_SPLIT) : [part]))
    .map(bareName).filter((name) => name !== '' && name.length <= 60).slice(0, 24);
}
