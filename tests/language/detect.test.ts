import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../src/language/index.js';

/** One sentence a language, written for this test in the manner of a wire. */
const sentences: readonly (readonly [tag: string, sentence: string])[] = [
  ['en', 'The finance minister said on Tuesday that the government would cut taxes next year.'],
  ['de', 'Der Finanzminister sagte am Dienstag, die Regierung werde im nächsten Jahr die Steuern senken.'],
  ['fr', 'Le ministre des Finances a déclaré mardi que le gouvernement baisserait les impôts l’an prochain.'],
  ['es', 'El ministro de Hacienda dijo el martes que el Gobierno bajará los impuestos el próximo año.'],
  ['pt', 'O ministro das Finanças disse na terça-feira que o governo não vai baixar os impostos no próximo ano.'],
  ['it', 'Il ministro delle Finanze ha detto martedì che il governo ridurrà le tasse il prossimo anno.'],
  ['nl', 'De minister van Financiën zei dinsdag dat de regering volgend jaar de belastingen zal verlagen.'],
  ['pl', 'Minister finansów powiedział we wtorek, że rząd obniży podatki w przyszłym roku.'],
  ['cs', 'Ministr financí v úterý řekl, že vláda příští rok sníží daně.'],
  ['sk', 'Minister financií v utorok povedal, že vláda budúci rok zníži dane.'],
  ['hu', 'A pénzügyminiszter kedden azt mondta, hogy a kormány jövőre csökkenti az adókat.'],
  ['ro', 'Ministrul de finanțe a declarat marți că guvernul va reduce impozitele anul viitor.'],
  ['sv', 'Finansministern sade på tisdagen att regeringen kommer att sänka skatterna nästa år.'],
  ['da', 'Finansministeren sagde tirsdag, at regeringen vil sætte skatterne ned næste år.'],
  ['fi', 'Valtiovarainministeri sanoi tiistaina, että hallitus alentaa veroja ensi vuonna.'],
  ['et', 'Rahandusminister ütles teisipäeval, et valitsus langetab järgmisel aastal makse.'],
  ['lv', 'Finanšu ministrs otrdien paziņoja, ka valdība nākamgad samazinās nodokļus.'],
  ['lt', 'Finansų ministras antradienį sakė, kad vyriausybė kitais metais mažins mokesčius.'],
  ['tr', 'Maliye bakanı salı günü hükümetin gelecek yıl vergileri düşüreceğini söyledi.'],
  ['az', 'Maliyyə naziri çərşənbə axşamı hökumətin gələn il vergiləri azaldacağını bildirib.'],
  ['sq', 'Ministri i Financave tha të martën se qeveria do të ulë taksat vitin e ardhshëm.'],
  ['vi', 'Bộ trưởng Tài chính hôm thứ Ba cho biết chính phủ sẽ giảm thuế vào năm tới.'],
  ['sw', 'Waziri wa fedha alisema Jumanne kwamba serikali itapunguza kodi mwaka ujao.'],
  ['ku', 'Wezîrê darayî roja sêşemê got ku hikûmet dê sala bê bacan kêm bike.'],
  ['ru', 'Министр финансов заявил во вторник, что правительство в следующем году снизит налоги.'],
  ['uk', 'Міністр фінансів заявив у вівторок, що уряд наступного року знизить податки.'],
  ['be', 'Міністр фінансаў заявіў у аўторак, што ўрад у наступным годзе знізіць падаткі.'],
  ['bg', 'Финансовият министър заяви във вторник, че правителството ще намали данъците догодина.'],
  ['mk', 'Министерот за финансии изјави во вторникот дека владата ќе ги намали даноците следната година.'],
  ['sr-Cyrl', 'Министар финансија изјавио је у уторак да ће влада следеће године смањити порезе.'],
  ['sr-Latn', 'Ministar finansija izjavio je u utorak da će vlada sledeće godine smanjiti poreze.'],
  ['kk', 'Қаржы министрі сейсенбіде үкіметтің келесі жылы салықты төмендететінін айтты.'],
  ['ar', 'قال وزير المالية يوم الثلاثاء إن الحكومة ستخفض الضرائب في العام المقبل.'],
  ['fa', 'وزیر دارایی روز سه‌شنبه گفت که دولت سال آینده مالیات‌ها را کاهش می‌دهد.'],
  ['ur', 'وزیر خزانہ نے منگل کو کہا کہ حکومت اگلے سال ٹیکسوں میں کمی کرے گی۔'],
  ['ps', 'د مالیې وزیر د سه‌شنبې په ورځ وویل چې حکومت به راتلونکی کال مالیات راکم کړي.'],
  ['he', 'שר האוצר אמר ביום שלישי כי הממשלה תוריד את המסים בשנה הבאה.'],
  ['el', 'Ο υπουργός Οικονομικών δήλωσε την Τρίτη ότι η κυβέρνηση θα μειώσει τους φόρους.'],
  ['hy', 'Ֆինանսների նախարարը երեքշաբթի հայտարարեց, որ կառավարությունը կնվազեցնի հարկերը։'],
  ['ka', 'ფინანსთა მინისტრმა სამშაბათს განაცხადა, რომ მთავრობა გადასახადებს შეამცირებს.'],
  ['hi', 'वित्त मंत्री ने मंगलवार को कहा कि सरकार अगले साल करों में कटौती करेगी।'],
  ['bn', 'অর্থমন্ত্রী মঙ্গলবার বলেছেন, সরকার আগামী বছর কর কমাবে।'],
  ['th', 'รัฐมนตรีว่าการกระทรวงการคลังกล่าวเมื่อวันอังคารว่ารัฐบาลจะลดภาษีในปีหน้า'],
  ['ko', '재무장관은 화요일 정부가 내년에 세금을 인하할 것이라고 밝혔다.'],
  ['ja', '財務大臣は火曜日、政府が来年減税を行うと述べた。'],
  ['zh-Hans', '财政部长周二表示，政府将于明年减税。'],
  ['zh-Hant', '財政部長週二表示，政府將於明年減稅。'],
  ['am', 'የገንዘብ ሚኒስትሩ መንግሥት በሚቀጥለው ዓመት ግብር እንደሚቀንስ ማክሰኞ ዕለት ተናግረዋል።'],
];

describe('detectLanguage', () => {
  it.each(sentences)('knows %s', (tag, sentence) => {
    const answer = detectLanguage(sentence);
    expect(answer.tag).toBe(tag);
    expect(answer.confidence).toBeGreaterThan(0.5);
  });

  it.each([
    '', '   ', '7', '2:1', '12.30 / 45 %', 'NVDA 12.5 +0.3%', 'https://example.org/a/b?c=1', '@reporter #news', '😀😀😀', 'x',
    'if (a[0] === b) { return c; }', '{"key":1,"value":"x"}', '\ud800', '\udfff\ud800',
  ])('says und of %j', (text) => {
    const answer = detectLanguage(text);
    expect(answer.tag).toBe('und');
    expect(answer.confidence).toBe(0);
  });

  it('gives the script, the direction and what decided', () => {
    expect(detectLanguage('وزیر خزانہ نے منگل کو کہا کہ حکومت اگلے سال ٹیکسوں میں کمی کرے گی۔')).toMatchObject({ script: 'Arab', direction: 'rtl', decidedBy: 'ngrams' });
    expect(detectLanguage('Ο υπουργός δήλωσε')).toMatchObject({ script: 'Grek', direction: 'ltr', decidedBy: 'script' });
    expect(detectLanguage('財政部長週二表示')).toMatchObject({ tag: 'zh-Hant', script: 'Hant' });
  });

  it('names the siblings of a doubtful answer', () => {
    const answer = detectLanguage('Predsjednik vlade razgovarao je s novinarima.');
    expect(answer.group).toBe('bs-hr-sr');
    expect(answer.alternatives.length).toBeGreaterThan(0);
  });

  it('follows the declared language where the text leaves it open, and not where the text says otherwise', () => {
    const open = 'Predsjednik vlade u Zagrebu';
    expect(detectLanguage(open, { declared: 'hr-HR' }).tag).toBe('hr');
    expect(detectLanguage(open, { declared: 'bs' }).tag).toBe('bs');
    const [, german] = sentences[1] ?? ['', ''];
    expect(detectLanguage(german, { declared: 'en' }).tag).toBe('de');
    expect(detectLanguage(german, { declared: 'no such language' }).tag).toBe('de');
  });

  it.each([
    'Emmanuel Macron, Olaf Scholz, Giorgia Meloni', 'Real Madrid – Bayern 2:1', 'Ankara, Istanbul, Izmir', 'Anna Rossi (Lazio) 6-4 7-6', 'BTC ETH DAX',
  ])('takes %j for names, in no language', (text) => {
    expect(detectLanguage(text).tag).toBe('und');
  });

  it('names languages outside the table where franc has a clear favourite or the source declares one, and no other', () => {
    const somali = 'Wasiirka maaliyadda ayaa sheegay maanta in dowladda ay hoos u dhigi doonto canshuuraha sannadka soo socda.';
    expect(detectLanguage(somali)).toMatchObject({ tag: 'so', decidedBy: 'franc' });
    const welsh = 'Mae’r llywodraeth wedi cyhoeddi y bydd trethi yn gostwng y flwyddyn nesaf yn ôl y gweinidog.';
    expect(detectLanguage(welsh)).toMatchObject({ tag: 'und', decidedBy: 'none' });
    expect(detectLanguage(welsh, { declared: 'cy-GB' })).toMatchObject({ tag: 'cy', decidedBy: 'declared' });
  });

  it.each([
    ['de', 'weniger Steuern'], ['en', 'more rain tomorrow'], ['es', 'algo más barato'], ['lv', 'ceļu remonts'], ['nb', 'mye regn i morgen'], ['nn', 'mykje regn i morgon'],
    ['gl', 'unha nova lei'], ['hi', 'कल बारिश होगी'], ['fa', 'دولت جدید'], ['ur', 'حکومت کا فیصلہ'], ['ar', 'حكومة جديدة'], ['ru', 'новые налоги'],
  ])('answers two words in %s rather than refuse them: %s', (tag, text) => {
    expect(detectLanguage(text)).toMatchObject({ tag, decidedBy: 'ngrams' });
  });

  it('says by its confidence how little a word tells, and nothing of letters that are no word', () => {
    expect(detectLanguage('Regen').confidence).toBeLessThan(0.5);
    expect(detectLanguage('qwrtz plmkk')).toMatchObject({ tag: 'und', confidence: 0 });
  });

  it('takes a declared language outside the table for likelier than a poor likeness to one in it, but not than a good one', () => {
    const malagasy = 'Nilaza ny minisitra fa hihena ny hetra amin’ny taona ho avy';
    expect(detectLanguage(malagasy, { declared: 'mg' })).toMatchObject({ tag: 'mg', decidedBy: 'declared' });
    expect(detectLanguage('The finance minister said on Tuesday that taxes will fall.', { declared: 'mg' })).toMatchObject({ tag: 'en', decidedBy: 'ngrams' });
  });

  it('says that the history decided only where one was given', () => {
    for (const [, sentence] of sentences) expect(detectLanguage(sentence.split(' ').slice(0, 2).join(' ')).decidedBy).not.toBe('history');
  });

  it('is not misled by capitals: a headline in title case, and one all in capitals', () => {
    expect(detectLanguage('Trump Says Tariffs Will Rise Next Month').tag).toBe('en');
    expect(detectLanguage('TRUMP SAYS TARIFFS WILL RISE NEXT MONTH').tag).toBe('en');
  });

  it('learns from the history of a source that its declaration is wrong', () => {
    const open = 'Predsjednik vlade u Zagrebu';
    expect(detectLanguage(open, { declared: 'bs', history: { hr: 0.95 } }).tag).toBe('hr');
  });

  it('answers a long text in the time of a page, whatever it holds', () => {
    const long = 'Regeringen vil sætte skatterne ned, sagde ministeren. '.repeat(200_000);
    expect(detectLanguage(long).tag).toBe('da');
    expect(detectLanguage('\ud83d'.repeat(10_000_000)).tag).toBe('und');
    expect(detectLanguage('a'.repeat(5_000_000)).script).toBe('Latn');
    expect(detectLanguage('́'.repeat(1_000_000)).tag).toBe('und');
  });
});
