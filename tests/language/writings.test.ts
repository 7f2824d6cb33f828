import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../src/language/index.js';

describe('a language of two scripts', () => {
  it.each([
    ['zh-Hans', 'Hans', '财政部长周二表示，政府将于明年减税。'],
    ['zh-Hant', 'Hant', '財政部長週二表示，政府將於明年減稅。'],
    ['sr-Cyrl', 'Cyrl', 'Министар финансија изјавио је у уторак да ће влада следеће године смањити порезе.'],
    ['sr-Latn', 'Latn', 'Ministar finansija izjavio je u utorak da će vlada sledeće godine smanjiti poreze.'],
    ['uz', 'Latn', 'Moliya vaziri seshanba kuni hukumat kelgusi yilda soliqlarni kamaytirishini aytdi.'],
    ['uz-Cyrl', 'Cyrl', 'Молия вазири сешанба куни ҳукумат келгуси йилда солиқларни камайтиришини айтди.'],
    ['az-Cyrl', 'Cyrl', 'Малијјә назири чәршәнбә ахшамы һөкумәтин ҝәлән ил верҝиләри азалдаҹағыны билдириб.'],
    ['mn', 'Cyrl', 'Сангийн сайд мягмар гарагт засгийн газар ирэх жил татварыг бууруулна гэж мэдэгдэв.'],
    ['mn-Mong', 'Mong', 'ᠮᠣᠩᠭᠣᠯ ᠤᠯᠤᠰ ᠤᠨ ᠶᠡᠷᠦᠩᠬᠡᠶᠢᠯᠡᠭᠴᠢ'],
    ['pa', 'Guru', 'ਵਿੱਤ ਮੰਤਰੀ ਨੇ ਮੰਗਲਵਾਰ ਨੂੰ ਕਿਹਾ ਕਿ ਸਰਕਾਰ ਅਗਲੇ ਸਾਲ ਟੈਕਸ ਘਟਾਏਗੀ।'],
    ['ku', 'Latn', 'Wezîrê darayî roja sêşemê got ku hikûmet dê sala bê bacan kêm bike.'],
    ['ckb', 'Arab', 'وەزیری دارایی ڕۆژی سێشەممە گوتی کە حکومەت ساڵی داهاتوو باج کەم دەکاتەوە.'],
  ])('%s is tagged, in %s', (tag, script, text) => {
    expect(detectLanguage(text)).toMatchObject({ tag, script });
  });

  it.each([
    ['kk-Latn', 'Latn', 'Qarjy ministri seisenbide úkimettiń kelesi jyly salyqty tómendetetinin aıtty.'],
    ['pa-Arab', 'Arab', 'وزیر خزانہ نے منگل نوں آکھیا کہ سرکار اگلے سال ٹیکس گھٹا دے گی۔'],
    ['ms-Arab', 'Arab', 'وزير كاوڠن برکات کراجاءن اکن مڠورڠكن چوکاي ڤد تاهون هادڤن'],
  ])('%s is believed of a source that declares it, since the table knows it in its other script only', (declared, script, text) => {
    expect(detectLanguage(text, { declared })).toMatchObject({ tag: declared, script, decidedBy: 'declared' });
  });

  it('is not believed of a text in the other script', () => {
    expect(detectLanguage('Qarjy ministri seisenbide úkimettiń kelesi jyly salyqty tómendetetinin aıtty.', { declared: 'kk' }).tag).toBe('und');
  });

  it('leaves open which Chinese a few letters of both are, unless the source says', () => {
    expect(detectLanguage('上海人').tag).toBe('zh');
    expect(detectLanguage('上海人', { declared: 'zh-TW' })).toMatchObject({ tag: 'zh-Hant', decidedBy: 'declared' });
    expect(detectLanguage('财政部长周二表示，政府将于明年减税。', { declared: 'zh-TW' }).tag).toBe('zh-Hans');
  });
});

describe('a script of one large language', () => {
  it.each([
    ['yi', 'דער מיניסטער פֿון פֿינאַנצן האָט געזאָגט דינסטיק אַז די רעגירונג וועט אַראָפּנעמען די שטײַערן.'],
    ['he', 'שר האוצר אמר ביום שלישי כי הממשלה תוריד את המסים בשנה הבאה.'],
    ['he', 'שַׂר הָאוֹצָר אָמַר בְּיוֹם שְׁלִישִׁי כִּי הַמֶּמְשָׁלָה תּוֹרִיד אֶת הַמִּסִּים.'],
    ['as', 'বিত্ত মন্ত্ৰীয়ে মঙলবাৰে কয় যে চৰকাৰে অহা বছৰ কৰ হ্ৰাস কৰিব।'],
    ['bn', 'অর্থমন্ত্রী মঙ্গলবার বলেছেন, সরকার আগামী বছর কর কমাবে।'],
  ])('%s is known by letters of its own: %s', (tag, text) => {
    expect(detectLanguage(text)).toMatchObject({ tag, decidedBy: 'script' });
  });

  it('takes the declared language where it is written so, and the text has nothing against it', () => {
    const bare = 'דער מיניסטער האט געזאגט אז די רעגירונג וועט אראפנעמען';
    expect(detectLanguage(bare)).toMatchObject({ tag: 'he', decidedBy: 'script' });
    expect(detectLanguage(bare, { declared: 'yi' })).toMatchObject({ tag: 'yi', decidedBy: 'declared', alternatives: [{ tag: 'he' }] });
    expect(detectLanguage(bare, { declared: 'de' })).toMatchObject({ tag: 'he', decidedBy: 'script' });
  });
});
