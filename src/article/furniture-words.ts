/** What a short text says when it is no part of the story. */
export type FurnitureWord = 'teaser' | 'share' | 'newsletter' | 'copyright' | 'comments' | 'byline' | 'paywall' | 'consent' | 'caption'
  | 'advertisement' | 'tags' | 'menu' | 'updated' | 'contact';

/**
 * Phrases with which such a text begins, folded as {@link foldPhrase} folds; `=` at the end: the whole text.
 * One row a language, so that a row can be tested and mended alone.
 */
export const FURNITURE_WORDS: Readonly<Record<FurnitureWord, Readonly<Record<string, readonly string[]>>>> = {
  teaser: {
    en: ['read more', 'read also', 'also read', 'see also', 'check also', 'related', 'related articles', 'related stories', 'more on this',
      'more from', 'more news', 'more stories', 'more in', 'recommended', 'recommended for you', 'you may also like', 'you might also like',
      'you may like', 'most read', 'most popular', 'trending', 'latest news', 'latest stories', 'top stories', 'dont miss', 'up next',
      'editors picks', 'editors choice', 'what to read next', 'next article', 'previous article', 'continue reading', 'click here',
      'watch also', 'watch more', 'in other news', 'around the web', 'from around the web', 'sponsored', 'promoted', 'further reading',
      'suggested', 'popular', 'featured', 'dont forget', 'keep reading', 'next up', 'next post', 'previous post', 'related posts',
      'related topics', 'related news', 'related content', 'on this story', 'must read', 'read next', 'explore more', 'more about', 'view all', 'see more', 'show more', 'load more'],
    de: ['lesen sie auch', 'lesen sie mehr', 'lesen sie hier', 'mehr zum thema', 'mehr dazu', 'mehr aus', 'mehr lesen', 'weiterlesen', 'auch interessant',
      'auch lesen', 'das könnte sie auch interessieren', 'das könnte sie interessieren', 'das könnte dich auch interessieren', 'das interessiert sie vielleicht',
      'weitere artikel', 'weitere nachrichten', 'weitere themen', 'weitere meldungen', 'meistgelesen', 'meist gelesen', 'die neuesten', 'aktuelle nachrichten',
      'ähnliche artikel', 'ähnliche beiträge', 'verwandte artikel', 'verwandte themen', 'zum thema', 'siehe auch', 'lesetipp', 'lesen sie dazu', 'empfohlen', 'empfehlungen',
      'nächster artikel', 'vorheriger artikel', 'passend dazu', 'topmeldungen', 'beliebt', 'neueste artikel', 'das könnte ihnen auch gefallen'],
    nl: ['lees ook', 'lees meer', 'lees verder', 'meer over', 'gerelateerd', 'gerelateerde artikelen', 'meest gelezen', 'aanbevolen', 'bekijk ook', 'net binnen', 'ook interessant'],
    fr: ['lire aussi', 'a lire', 'à lire aussi', 'a lire aussi', 'à lire', 'lire la suite', 'voir aussi', 'à voir aussi', 'sur le même sujet', 'sur le meme sujet', 'articles liés', 'articles similaires',
      'les plus lus', 'à découvrir', 'pour aller plus loin', 'plus dactualités', 'dernières actualités', 'recommandé', 'vous aimerez aussi', 'à la une', 'en savoir plus'],
    es: ['lea también', 'lea más', 'lee también', 'lee además', 'leer más', 'leer también', 'le puede interesar', 'te puede interesar', 'también te puede interesar', 'puede interesarle', 'más noticias',
      'más sobre', 'más información', 'más leídas', 'lo más leído', 'lo más visto', 'noticias relacionadas', 'artículos relacionados', 'notas relacionadas', 'relacionado', 'relacionadas', 'ver también', 'mira también',
      'mirá también', 'últimas noticias', 'te recomendamos', 'seguir leyendo', 'sigue leyendo', 'además', 'temas relacionados', 'archivado en'],
    pt: ['leia também', 'leia mais', 'veja também', 'saiba mais', 'mais lidas', 'notícias relacionadas', 'relacionadas', 'relacionados', 'artigos relacionados', 'mais notícias', 'últimas notícias', 'recomendadas', 'continue lendo', 'continua depois da publicidade', 'veja mais', 'leia a seguir'],
    it: ['leggi anche', 'leggi tutto', 'leggi altro', 'vedi anche', 'articoli correlati', 'potrebbe interessarti', 'ti potrebbe interessare', 'più letti', 'i più letti', 'ultime notizie', 'altre notizie', 'notizie correlate', 'per approfondire', 'approfondimenti', 'guarda anche', 'continua a leggere'],
    ro: ['citește și', 'citeste si', 'citește mai mult', 'vezi și', 'articole similare', 'cele mai citite', 'știri similare', 'recomandări', 'pe aceeași temă', 'articole recomandate'],
    ca: ['llegeix també', 'llegir més', 'notícies relacionades', 'més informació', 'el més llegit'],
    sv: ['läs också', 'läs mer', 'läs även', 'mer om', 'relaterat', 'mest läst', 'mest lästa', 'senaste nytt', 'se också', 'fler artiklar', 'rekommenderas', 'till toppen'],
    da: ['læs også', 'læs mere', 'se også', 'mest læste', 'mere om', 'relaterede artikler', 'seneste nyt', 'relateret', 'andre læser'],
    no: ['les også', 'les mer', 'se også', 'mest lest', 'mer om', 'siste nytt', 'flere saker', 'les saken', 'relaterte saker', 'anbefalte'],
    fi: ['lue myös', 'lue lisää', 'katso myös', 'luetuimmat', 'suosittelemme', 'aiheesta lisää', 'uusimmat', 'lisää aiheesta'],
    is: ['lesa meira', 'sjá einnig', 'mest lesið', 'tengdar fréttir', 'nýjast'],
    pl: ['czytaj także', 'czytaj też', 'czytaj więcej', 'czytaj również', 'przeczytaj także', 'przeczytaj też', 'przeczytaj również', 'zobacz także', 'zobacz też', 'zobacz również', 'zobacz więcej', 'polecamy', 'polecane', 'podobne artykuły',
      'powiązane artykuły', 'najczęściej czytane', 'najpopularniejsze', 'więcej na temat', 'więcej na ten temat', 'czytaj dalej', 'najnowsze', 'warto przeczytać', 'dowiedz się więcej', 'inne artykuły', 'sprawdź też'],
    cs: ['čtěte také', 'čtěte též', 'čtěte více', 'číst dále', 'přečtěte si', 'související', 'související články', 'další články', 'nejčtenější', 'doporučujeme', 'mohlo by vás zajímat', 'více k tématu', 'podívejte se'],
    sk: ['čítajte aj', 'prečítajte si', 'súvisiace', 'súvisiace články', 'najčítanejšie', 'odporúčame', 'mohlo by vás zaujímať', 'viac k téme'],
    hu: ['olvassa el', 'kapcsolódó cikkek', 'ezt is olvassa', 'olvasd el', 'további hírek', 'ajánljuk', 'legolvasottabb', 'tovább olvasom', 'bővebben', 'kapcsolódó'],
    sl: ['preberite tudi', 'preberi več', 'sorodne novice', 'najbolj brano', 'preberite še', 'povezane novice'],
    hr: ['pročitajte još', 'pročitaj još', 'pročitajte i', 'vezane vijesti', 'povezane vijesti', 'najčitanije', 'povezano', 'više o', 'možda će vas zanimati', 'opširnije', 'pročitaj više'],
    sr: ['прочитајте још', 'прочитајте и', 'најчитаније', 'повезане вести', 'још вести', 'pročitajte još', 'pročitaj još', 'povezane vesti', 'још из рубрике', 'наредни чланак'],
    bg: ['прочетете още', 'вижте още', 'още по темата', 'свързани новини', 'най четени', 'още от', 'прочети още', 'виж още', 'последни новини'],
    mk: ['прочитајте и', 'поврзани вести', 'најчитани', 'повеќе вести', 'прочитај повеќе'],
    ru: ['читайте также', 'читать также', 'читать далее', 'читайте еще', 'читайте ещё', 'читать дальше', 'смотрите также', 'см также', 'по теме', 'материалы по теме', 'новости по теме', 'другие новости', 'еще новости', 'ещё новости',
      'похожие новости', 'похожие материалы', 'похожие статьи', 'главное сегодня', 'главные новости', 'последние новости', 'самое читаемое', 'самое популярное', 'популярное', 'популярные', 'рекомендуем', 'подробнее', 'статьи по теме', 'сюжет', 'сюжеты', 'лента новостей',
      'новости партнеров', 'новости партнёров', 'новости сми2', 'ранее', 'вам может быть интересно', 'вам также может понравиться', 'другие материалы', 'все новости', 'еще по теме', 'ещё по теме', 'предыдущая', 'следующая', 'в тему', 'смотри также', 'архив', 'все материалы'],
    uk: ['читайте також', 'читати також', 'дивіться також', 'за темою', 'новини за темою', 'схожі новини', 'останні новини', 'популярне', 'читати далі', 'більше новин', 'теж цікаво', 'рекомендуємо', 'матеріали за темою', 'головне за'],
    be: ['чытайце таксама', 'глядзіце таксама', 'па тэме', 'апошнія навіны', 'чытаць далей'],
    kk: ['тағы оқыңыз', 'сондай ақ оқыңыз', 'тақырып бойынша', 'соңғы жаңалықтар'],
    el: ['διαβάστε επίσης', 'διαβαστε επισης', 'διαβάστε ακόμα', 'διαβάστε ακόμη', 'διαβάστε περισσότερα', 'δείτε επίσης', 'δειτε επισης', 'δείτε ακόμα', 'σχετικά άρθρα', 'σχετικα αρθρα', 'σχετικές ειδήσεις', 'σχετικά θέματα', 'σχετικά', 'περισσότερα', 'δημοφιλή', 'τελευταία νέα', 'τελευταίες ειδήσεις', 'πιο δημοφιλή', 'διαβάστε εδώ', 'ροή ειδήσεων', 'περισσότερα άρθρα', 'τα πιο δημοφιλή', 'επόμενο άρθρο', 'προηγούμενο άρθρο'],
    tr: ['ayrıca bakın', 'ayrıca okuyun', 'bunu da oku', 'bunları da okuyun', 'ilgili haberler', 'ilgili haber', 'ilginizi çekebilir', 'çok okunanlar', 'en çok okunanlar', 'son dakika', 'devamını oku', 'daha fazla', 'diğer haberler', 'benzer haberler', 'önerilen', 'i̇lgili haberler', 'önceki haber', 'sonraki haber', 'i̇lginizi çekebilir', 'haberin devamı', 'son haberler'],
    az: ['oxşar xəbərlər', 'həmçinin oxuyun', 'ən çox oxunanlar', 'son xəbərlər', 'digər xəbərlər'],
    ar: ['اقرأ أيضا', 'اقرأ أيضاً', 'اقرا ايضا', 'إقرأ أيضا', 'اقرأ المزيد', 'اقرئي أيضا', 'شاهد أيضا', 'شاهد أيضاً', 'انظر أيضا', 'طالع أيضا', 'مواضيع ذات صلة', 'مواضيع متعلقة', 'أخبار ذات صلة', 'اخبار ذات صلة', 'أخبار متعلقة', 'مقالات ذات صلة', 'ذات صلة', 'ذو صلة', 'موضوعات ذات صلة',
      'الأكثر قراءة', 'الاكثر قراءة', 'الأكثر مشاهدة', 'آخر الأخبار', 'أهم الأخبار', 'المزيد من', 'المزيد', 'قد يعجبك', 'قد يهمك', 'قد يعجبك أيضا', 'قد يهمك أيضا', 'تابع القراءة', 'للمزيد', 'أحدث الأخبار', 'الخبر السابق', 'الخبر التالي', 'مقالات مشابهة', 'موضوعات متعلقة', 'إقرأ المزيد', 'شاهد المزيد', 'المقال السابق', 'المقال التالي', 'مقترحات'],
    fa: ['بیشتر بخوانید', 'بیشتر بدانید', 'همچنین بخوانید', 'مطالب مرتبط', 'اخبار مرتبط', 'خبرهای مرتبط', 'مطالب پیشنهادی', 'پربازدیدترین', 'پربیننده ترین', 'پربیننده‌ترین', 'آخرین اخبار', 'تازه ترین', 'ادامه مطلب', 'بخوانید', 'مرتبط', 'مطلب بعدی', 'مطلب قبلی', 'تازه‌ترین اخبار', 'مطالب بیشتر', 'از دست ندهید', 'اخبار پیشنهادی'],
    ur: ['مزید پڑھیں', 'یہ بھی پڑھیں', 'متعلقہ خبریں', 'مزید خبریں', 'تازہ ترین', 'مقبول ترین', 'متعلقہ عنوانات', 'یہ بھی پڑھیے'],
    ps: ['نور ولولئ', 'دا هم ولولئ', 'اړوند خبرونه'],
    ckb: ['زیاتر بخوێنەوە', 'هەواڵی پەیوەندیدار', 'بابەتی پەیوەندیدار'],
    he: ['קראו גם', 'קראו עוד', 'קרא עוד', 'קרא גם', 'לקריאה נוספת', 'עוד בנושא', 'כתבות נוספות', 'כתבות קשורות', 'אולי יעניין אותך', 'אולי יעניין אתכם', 'הנקראות ביותר', 'הכי נקראות', 'עוד כתבות', 'ראו גם', 'מומלצים', 'עוד ב', 'עוד חדשות', 'לכתבה המלאה', 'כתבות שיעניינו אתכם', 'עוד באתר'],
    hi: ['यह भी पढ़ें', 'ये भी पढ़ें', 'इसे भी पढ़ें', 'और पढ़ें', 'संबंधित खबरें', 'संबंधित ख़बरें', 'ताज़ा खबरें', 'ताजा खबरें', 'लोकप्रिय', 'सबसे ज्यादा पढ़ी गईं', 'और खबरें', 'यह भी देखें', 'अगला लेख', 'पिछला लेख', 'आगे पढ़ें', 'संबंधित', 'ट्रेंडिंग'],
    mr: ['हे ही वाचा', 'हेही वाचा', 'आणखी वाचा', 'संबंधित बातम्या', 'ताज्या बातम्या'],
    ne: ['यो पनि पढ्नुहोस्', 'सम्बन्धित समाचार', 'थप समाचार', 'ताजा समाचार'],
    bn: ['আরও পড়ুন', 'আরো পড়ুন', 'সম্পর্কিত খবর', 'সর্বশেষ', 'সর্বাধিক পঠিত', 'আরও খবর', 'এ বিভাগের আরও', 'এই বিভাগের আরও'],
    pa: ['ਇਹ ਵੀ ਪੜ੍ਹੋ', 'ਹੋਰ ਪੜ੍ਹੋ', 'ਸਬੰਧਤ ਖ਼ਬਰਾਂ'],
    gu: ['આ પણ વાંચો', 'વધુ વાંચો', 'સંબંધિત સમાચાર', 'તાજા સમાચાર'],
    ta: ['மேலும் படிக்க', 'இதையும் படிக்க', 'இதையும் படியுங்கள்', 'தொடர்புடைய செய்திகள்', 'மேலும் செய்திகள்'],
    te: ['ఇవీ చదవండి', 'ఇది చదవండి', 'ఇది కూడా చదవండి', 'మరిన్ని చదవండి', 'సంబంధిత వార్తలు'],
    kn: ['ಇದನ್ನೂ ಓದಿ', 'ಇನ್ನಷ್ಟು ಓದಿ', 'ಸಂಬಂಧಿತ ಸುದ್ದಿ'],
    ml: ['ഇതും വായിക്കുക', 'കൂടുതൽ വായിക്കുക', 'അനുബന്ധ വാർത്തകൾ', 'കൂടുതൽ വാർത്തകൾ'],
    th: ['อ่านเพิ่มเติม', 'อ่านต่อ', 'ข่าวที่เกี่ยวข้อง', 'เรื่องที่เกี่ยวข้อง', 'บทความที่เกี่ยวข้อง', 'ข่าวอื่นๆ', 'ข่าวล่าสุด', 'ยอดนิยม', 'อ่านข่าว'],
    vi: ['đọc thêm', 'xem thêm', 'tin liên quan', 'bài liên quan', 'tin cùng chuyên mục', 'cùng chuyên mục', 'đọc nhiều', 'có thể bạn quan tâm', 'tin mới', 'bài viết liên quan', 'tin khác', 'mời bạn đọc'],
    id: ['baca juga', 'baca selengkapnya', 'simak juga', 'lihat juga', 'berita terkait', 'artikel terkait', 'terpopuler', 'berita terkini', 'berita lainnya', 'selengkapnya', 'rekomendasi', 'terkait', 'baca artikel', 'halaman selanjutnya', 'tonton juga'],
    ms: ['baca lagi', 'berita berkaitan', 'artikel berkaitan', 'artikel lain', 'berita lain'],
    fil: ['basahin din', 'kaugnay na balita', 'basahin ang'],
    sw: ['soma zaidi', 'soma pia', 'habari zinazohusiana', 'habari zaidi'],
    am: ['ተጨማሪ ያንብቡ', 'ተዛማጅ ዜናዎች'],
    ja: ['関連記事', '関連ニュース', '関連リンク', '関連トピックス', 'あわせて読みたい', '合わせて読みたい', 'おすすめ記事', 'おすすめ', 'こちらもおすすめ', '人気記事', 'アクセスランキング', 'ランキング', '続きを読む', '記事を読む', '次の記事', '前の記事', '最新記事', '最新ニュース', '注目記事', '新着記事', 'この記事に関連', 'もっと見る', '関連特集', '関連キーワード', '注目ニュース', '主要ニュース', '関連するニュース', 'よく読まれている記事'],
    ko: ['관련기사', '관련 기사', '관련뉴스', '관련 뉴스', '많이 본 뉴스', '많이 본 기사', '인기기사', '인기 기사', '더 보기', '더보기', '추천 기사', '추천기사', '추천 뉴스', '최신기사', '최신 기사', '최신 뉴스', '주요뉴스', '주요 뉴스', '이 기사도', '다른 기사', '함께 보면 좋은', '이시각 주요뉴스', '이 시각 주요뉴스', '다음 기사', '이전 기사', '핫뉴스', '오늘의 주요뉴스', '실시간 뉴스'],
    zh: ['相关阅读', '相关新闻', '相关文章', '相关报道', '相关链接', '相关专题', '相关内容', '相关推荐', '相關閱讀', '相關新聞', '相關文章', '相關報導', '延伸阅读', '延伸閱讀', '推荐阅读', '推薦閱讀', '猜你喜欢', '热门文章', '热门新闻', '熱門新聞', '熱門文章', '最新文章', '最新新闻', '最新消息', '更多新闻', '更多新聞', '更多', '点击查看', '阅读更多', '閱讀更多', '上一篇', '下一篇', '精彩推荐', '今日热点', '热点新闻', '新闻排行', '排行榜', '編輯推薦', '编辑推荐', '大家都在看', '看更多', '你可能也喜歡', '您可能感兴趣', '更多精彩', '往期回顾', '新闻推荐', '图片新闻', '24小时新闻', '新闻热点', '热文排行', '专题', '返回首页', '往下看更多'],
  },
  share: {
    en: ['share', 'share this', 'share on', 'share via', 'share article', 'follow us', 'follow', 'tweet', 'print', 'email this', 'email=', 'facebook=', 'twitter=', 'whatsapp=', 'copy link', 'link copied', 'save', 'listen to this', 'bookmark', 'send to a friend', 'print this', 'text size', 'font size', 'join us on', 'like us on', 'connect with us', 'find us on', 'add to'],
    de: ['teilen', 'artikel teilen', 'folgen sie uns', 'drucken', 'merken', 'link kopieren', 'auf facebook teilen', 'per mail versenden', 'artikel drucken', 'schriftgröße', 'versenden', 'seite drucken', 'feedback', 'zur startseite', 'nach oben', 'artikel merken', 'vorlesen', 'kopieren', 'empfehlen', 'weiterempfehlen', 'seite teilen'],
    nl: ['deel dit', 'deel via', 'delen', 'volg ons', 'kopieer link', 'artikel delen'],
    fr: ['partager', 'partagez', 'suivez nous', 'imprimer', 'envoyer par', 'copier le lien', 'écouter larticle', 'enregistrer'],
    es: ['compartir', 'comparte', 'síguenos', 'síganos', 'seguinos', 'imprimir', 'enviar por', 'copiar enlace', 'guardar', 'escuchar'],
    pt: ['compartilhe', 'compartilhar', 'partilhar', 'siga nos', 'siga o', 'imprimir', 'copiar link', 'ouvir', 'receba notícias'],
    it: ['condividi', 'seguici', 'stampa', 'invia', 'copia link', 'ascolta'],
    pl: ['udostępnij', 'podziel się', 'drukuj', 'poleć', 'śledź nas', 'wyślij', 'polub nas', 'obserwuj nas', 'skopiuj link', 'wydrukuj', 'poleć znajomemu', 'poleć artykuł'],
    cs: ['sdílet', 'sdílejte', 'tisknout', 'vytisknout', 'sledujte nás'],
    sv: ['dela', 'skriv ut', 'följ oss'], da: ['del artiklen', 'følg os', 'del på'], no: ['del på', 'del saken', 'følg oss'], fi: ['jaa', 'jaa artikkeli', 'seuraa meitä'],
    ru: ['поделиться', 'поделитесь', 'подписывайтесь на', 'подпишитесь', 'распечатать', 'версия для печати', 'отправить', 'следите за', 'мы в', 'читайте нас', 'скопировать ссылку', 'в закладки', 'переслать', 'нашли ошибку', 'оцените', 'код для блога', 'добавить в', 'выделите'],
    uk: ['поділитися', 'поділитись', 'підписуйтесь', 'друкувати', 'роздрукувати', 'стежте за', 'знайшли помилку'],
    el: ['κοινοποίηση', 'μοιραστείτε', 'ακολουθήστε', 'εκτύπωση', 'αποστολή', 'μοιράσου', 'εκτυπώστε', 'στείλτε', 'κοινοποιήστε', 'εκτύπωση σελίδας'],
    tr: ['paylaş', 'takip et', 'yazdır', 'bizi takip edin', 'abone ol'],
    ar: ['شارك', 'شاركها', 'مشاركة', 'تابعنا', 'تابعونا', 'طباعة', 'انسخ الرابط', 'نسخ الرابط', 'انشر', 'إرسال', 'حفظ', 'شارك الخبر', 'شارك المقال'],
    fa: ['اشتراک گذاری', 'به اشتراک بگذارید', 'ما را دنبال کنید', 'چاپ', 'ارسال به', 'لینک کوتاه', 'کپی لینک', 'اشتراک‌گذاری'],
    ur: ['شیئر کریں', 'شیئر', 'پرنٹ'], he: ['שתפו', 'שתף', 'עקבו אחרינו', 'הדפסה', 'שיתוף', 'העתק קישור', 'שליחה לחבר'],
    hi: ['शेयर करें', 'साझा करें', 'हमें फॉलो करें', 'शेयर', 'प्रिंट'], bn: ['শেয়ার করুন', 'শেয়ার', 'অনুসরণ করুন'],
    th: ['แชร์', 'ติดตาม', 'พิมพ์'], vi: ['chia sẻ', 'theo dõi', 'in bài', 'gửi'], id: ['bagikan', 'ikuti kami', 'salin tautan', 'cetak', 'ikuti'],
    ja: ['シェア', 'シェアする', 'ツイート', 'この記事をシェア', 'フォロー', '印刷', 'ポスト', 'lineで送る', 'ブックマーク', 'コピー', '保存'],
    ko: ['공유', '공유하기', '구독', '인쇄', '프린트', '페이스북', '기사 공유', '글자크기', '글씨크기', '스크랩', '좋아요', '카카오톡', '주소복사'],
    zh: ['分享', '分享到', '分享至', '转发', '打印', '打印本页', '列印', '关注我们', '關注我們', '收藏', '扫一扫', '微信扫一扫', '字号', '字體', '字体', '复制链接', '推荐给朋友', '关闭窗口', '關閉', '我要打印', '纠错', '订阅', '友善列印', '按讚'],
  },
  newsletter: {
    en: ['subscribe', 'sign up', 'newsletter', 'get our', 'get the latest', 'join our', 'join the', 'register now', 'get breaking', 'stay up to date', 'stay informed', 'download the app', 'download our app', 'get the app', 'enter your email', 'your email address', 'sign in', 'log in', 'support our', 'donate', 'support us', 'by signing up', 'by submitting', 'by clicking', 'thank you for subscribing', 'want more', 'never miss'],
    de: ['newsletter', 'abonnieren', 'jetzt abonnieren', 'anmelden', 'jetzt anmelden', 'melden sie sich', 'registrieren', 'jetzt registrieren', 'hier anmelden', 'ihre e mail', 'mit unserem newsletter', 'keine nachrichten mehr verpassen', 'nichts verpassen', 'unterstützen sie', 'jetzt unterstützen', 'spenden', 'app herunterladen', 'jetzt testen'],
    nl: ['nieuwsbrief', 'schrijf je in', 'meld je aan', 'inschrijven', 'abonneer'], fr: ['newsletter', 'inscrivez vous', 'abonnez vous', 'recevez', 'sinscrire', 'je mabonne', 'soutenez', 'votre adresse'],
    es: ['suscríbete', 'suscribirse', 'suscribite', 'regístrate', 'newsletter', 'boletín', 'recibe', 'recibí', 'inicia sesión', 'únete', 'descarga la app'],
    pt: ['assine', 'inscreva se', 'cadastre se', 'newsletter', 'receba', 'entre no', 'clique aqui', 'faça parte'],
    it: ['iscriviti', 'newsletter', 'abbonati', 'registrati', 'ricevi', 'sostieni'], pl: ['zapisz się', 'newsletter', 'subskrybuj', 'zaloguj', 'zaloguj się', 'zarejestruj', 'prenumerata', 'pobierz aplikację', 'wesprzyj'],
    cs: ['přihlaste se', 'odebírat', 'newsletter', 'předplatné', 'registrovat'], sv: ['prenumerera', 'nyhetsbrev', 'logga in', 'anmäl dig'], da: ['nyhedsbrev', 'tilmeld', 'log ind', 'abonner'], no: ['nyhetsbrev', 'meld deg på', 'logg inn', 'abonner'], fi: ['tilaa', 'uutiskirje', 'kirjaudu'],
    ru: ['подписаться', 'подписка', 'рассылка', 'войти', 'зарегистрируйтесь', 'регистрация', 'вход', 'авторизуйтесь', 'поддержите'], uk: ['підписатися', 'підписатись', 'розсилка', 'увійти', 'підтримайте', 'реєстрація'],
    el: ['εγγραφείτε', 'εγγραφή', 'newsletter', 'συνδεθείτε', 'σύνδεση', 'ενημερωτικό δελτίο'], tr: ['abone olun', 'bülten', 'üye ol', 'giriş yap', 'kayıt ol'],
    ar: ['اشترك', 'اشترك في', 'النشرة البريدية', 'تسجيل الدخول', 'سجل', 'اشتركوا', 'النشرة الإخبارية', 'انضم'], fa: ['خبرنامه', 'عضویت', 'ثبت نام', 'ورود', 'مشترک شوید', 'عضو شوید'],
    ur: ['سبسکرائب', 'نیوز لیٹر'], he: ['הירשמו', 'הרשמה', 'ניוזלטר', 'התחברות', 'הצטרפו', 'לעדכונים'], hi: ['सब्सक्राइब', 'न्यूज़लेटर', 'न्यूजलेटर', 'लॉग इन', 'साइन अप'],
    th: ['สมัครสมาชิก', 'ลงทะเบียน', 'เข้าสู่ระบบ'], vi: ['đăng ký', 'đăng nhập', 'nhận bản tin'], id: ['berlangganan', 'daftar', 'masuk=', 'dapatkan'],
    ja: ['メールマガジン', 'メルマガ', '会員登録', 'ログイン', '無料登録', '登録する', 'ニュースレター', '購読'], ko: ['뉴스레터', '로그인', '회원가입', '구독하기', '구독신청'], zh: ['登录', '登入', '注册', '註冊', '订阅', '訂閱', '电子报', '電子報', '下载app', '下載app', '客户端'],
  },
  copyright: {
    en: ['copyright', '©', 'all rights reserved', 'this material may not be', 'this article was originally published', 'terms of use', 'terms of service', 'privacy policy', 'this story was', 'disclaimer', 'republished', 'this content', 'the views expressed', 'the opinions expressed', 'material from'],
    de: ['alle rechte vorbehalten', 'urheberrecht', 'impressum', 'datenschutz', 'quelle', 'quellen', 'agb', 'nutzungsbedingungen', 'copyright', 'nachdruck', 'mit material von', 'mit agenturmaterial', 'transparenzhinweis'],
    nl: ['alle rechten voorbehouden', 'privacybeleid'], fr: ['tous droits réservés', 'mentions légales', 'droits de reproduction', 'politique de'], es: ['todos los derechos reservados', 'aviso legal', 'política de privacidad', 'derechos reservados', 'fuente', 'prohibida'],
    pt: ['todos os direitos', 'política de privacidade', 'termos de uso', 'fonte'], it: ['tutti i diritti riservati', 'riproduzione riservata', 'diritti riservati', 'informativa', '© riproduzione'], pl: ['wszelkie prawa zastrzeżone', 'wszystkie prawa', 'źródło', 'polityka prywatności', 'regulamin', 'materiał chroniony', 'dalsze rozpowszechnianie', 'copyright'],
    cs: ['všechna práva vyhrazena', 'zdroj', 'autorská práva', 'publikování nebo'], sv: ['alla rättigheter'], ru: ['все права защищены', 'при использовании', 'при цитировании', 'при перепечатке', 'перепечатка', 'источник', 'копирование', 'использование материалов', 'правила', 'свидетельство', 'учредитель', 'любое использование', 'полное или частичное', 'при полном', 'при любом'],
    uk: ['усі права захищені', 'всі права захищені', 'при використанні', 'передрук', 'джерело', 'використання матеріалів'], el: ['με επιφύλαξη', 'όροι χρήσης', 'πνευματικά δικαιώματα', 'πηγή', 'απαγορεύεται η', 'all rights'], tr: ['tüm hakları saklıdır', 'kaynak', 'telif hakkı', 'yasal uyarı'],
    ar: ['جميع الحقوق محفوظة', 'حقوق النشر', 'سياسة الخصوصية', 'المصدر', 'كل الحقوق', 'شروط الاستخدام'], fa: ['تمامی حقوق', 'کلیه حقوق', 'تمام حقوق', 'منبع', 'حق نشر', 'استفاده از مطالب', 'نقل مطالب'], ur: ['جملہ حقوق'], he: ['כל הזכויות שמורות', 'תנאי שימוש', 'מדיניות פרטיות'],
    hi: ['सर्वाधिकार सुरक्षित', 'कॉपीराइट', 'डिस्क्लेमर', 'स्रोत'], th: ['สงวนลิขสิทธิ์', 'ที่มา'], vi: ['bản quyền', 'nguồn', 'giữ bản quyền'], id: ['hak cipta', 'sumber', 'seluruh hak'],
    ja: ['無断転載', '著作権', '©', 'copyright', '利用規約', '個人情報', '記事の無断', '転載'], ko: ['무단전재', '무단 전재', '저작권자', '저작권', '재배포', 'ⓒ', '제보는', '개인정보'], zh: ['版权所有', '版權所有', '版权声明', '免责声明', '免責聲明', '来源', '來源', '责任编辑', '責任編輯', '责编', '编辑', '编辑：', '声明', '本文来源', '转载请注明', '未经授权', '未經授權', '凡本网', '本报讯记者', '稿件来源', '新闻来源', '文章来源', '本网站', '特别声明', '京icp备', '作者声明'],
  },
  comments: {
    en: ['comments', 'comment', 'leave a comment', 'leave a reply', 'post a comment', 'add a comment', 'join the conversation', 'join the discussion', 'view comments', 'no comments', 'be the first to comment', 'please log in to comment', 'your comment', 'show comments', 'reply=', 'report abuse', 'write a comment', 'what do you think', 'have your say', 'comments are closed', 'log in to comment'],
    de: ['kommentare', 'kommentar', 'kommentieren', 'kommentar schreiben', 'diskutieren sie', 'ihre meinung', 'schreiben sie einen kommentar', 'schreibe einen kommentar', 'kommentar verfassen', 'leserkommentare', 'antworten=', 'deine meinung', 'jetzt kommentieren', 'kommentar hinterlassen', 'hinterlasse', 'alle kommentare', 'diskussion'],
    nl: ['reacties', 'reageer', 'plaats een reactie'], fr: ['commentaires', 'commentaire', 'commenter', 'réagir', 'laisser un commentaire', 'réactions', 'poster un commentaire', 'répondre='], es: ['comentarios', 'comentar', 'comentario', 'deja un comentario', 'deja tu comentario', 'responder=', 'participa', 'opina'],
    pt: ['comentários', 'comentar', 'comente', 'deixe um comentário', 'deixe seu comentário', 'deixe uma resposta', 'responder='], it: ['commenti', 'commenta', 'lascia un commento', 'rispondi='], pl: ['komentarze', 'komentarz', 'skomentuj', 'dodaj komentarz', 'napisz komentarz', 'odpowiedz=', 'opinie', 'zgłoś', 'dodaj opinię', 'wasze komentarze', 'wszystkie komentarze', 'komentuj'],
    cs: ['komentáře', 'diskuse', 'přidat komentář', 'diskuze', 'vstoupit do diskuse'], sv: ['kommentarer', 'kommentera', 'skriv en kommentar'], da: ['kommentarer', 'skriv en kommentar'], no: ['kommentarer', 'kommenter'], fi: ['kommentit', 'kommentoi'],
    ru: ['комментарии', 'комментариев', 'комментарий', 'комментировать', 'оставить комментарий', 'добавить комментарий', 'обсудить', 'обсуждение', 'ваш комментарий', 'ответить', 'мнения', 'написать комментарий', 'отзывы', 'всего комментариев', 'ваше мнение'], uk: ['коментарі', 'коментарів', 'коментувати', 'залишити коментар', 'обговорити', 'відповісти', 'додати коментар'],
    el: ['σχόλια', 'σχολια', 'σχολιάστε', 'σχόλιο', 'γράψτε ένα σχόλιο', 'αφήστε σχόλιο', 'προσθήκη σχολίου', 'αφήστε μια απάντηση', 'γράψτε το σχόλιό', 'σχολιασμός', 'σχολίασε', 'το σχόλιό σας'], tr: ['yorumlar', 'yorum', 'yorum yap', 'yorum yaz', 'bir yorum'],
    ar: ['التعليقات', 'تعليقات', 'تعليق', 'أضف تعليق', 'أضف تعليقا', 'اترك تعليقا', 'اترك تعليقاً', 'اكتب تعليق', 'ردود', 'اضف تعليق', 'علق', 'شاركنا برأيك', 'شارك برأيك'], fa: ['نظرات', 'دیدگاه', 'دیدگاه ها', 'دیدگاه‌ها', 'نظر شما', 'ارسال نظر', 'ثبت نظر', 'نظر خود', 'پاسخ', 'نظرات کاربران', 'ارسال دیدگاه'], ur: ['تبصرے', 'تبصرہ'],
    he: ['תגובות', 'תגובה', 'הוסף תגובה', 'הוספת תגובה', 'הגיבו', 'כתוב תגובה', 'לתגובות'], hi: ['टिप्पणियाँ', 'टिप्पणी', 'कमेंट', 'टिप्पणी करें', 'अपनी राय'], bn: ['মন্তব্য'], th: ['ความคิดเห็น', 'แสดงความคิดเห็น'], vi: ['bình luận', 'ý kiến', 'gửi bình luận'], id: ['komentar', 'tulis komentar', 'beri komentar'],
    ja: ['コメント', 'コメントを書く', 'コメントする', 'みんなのコメント', 'コメントを投稿'], ko: ['댓글', '전체댓글', '의견', '댓글쓰기', '한줄의견', '덧글'], zh: ['评论', '评论区', '網友評論', '网友评论', '我要评论', '发表评论', '發表評論', '留言', '我要留言', '回应', '回應', '发表', '文章评论', '查看评论', '最新评论', '跟帖', '网友留言', '网友跟帖', '已有', '条评论'],
  },
  byline: {
    en: ['by', 'written by', 'reported by', 'reporting by', 'editing by', 'posted by', 'published by', 'author', 'authors', 'story by', 'text by', 'words by', 'about the author', 'contributed by', 'compiled by', 'additional reporting', 'from', 'staff writer'],
    de: ['von', 'ein artikel von', 'ein beitrag von', 'autor', 'autorin', 'autoren', 'geschrieben von', 'text', 'redaktion', 'ein kommentar von', 'eine analyse von', 'aus', 'über den autor', 'interview'], nl: ['door', 'auteur', 'geschreven door'], fr: ['par', 'publié par', 'auteur', 'écrit par', 'propos recueillis', 'rédigé par'],
    es: ['por', 'escrito por', 'redacción', 'autor', 'publicado por'], pt: ['por', 'escrito por', 'redação', 'publicado por', 'da redação'], it: ['di', 'a cura di', 'autore', 'redazione', 'scritto da', 'pubblicato da'], pl: ['autor', 'autorzy', 'oprac', 'opracował', 'tekst', 'redakcja', 'rozmawiał', 'rozmawiała'], cs: ['autor', 'autoři', 'redakce'],
    sv: ['av', 'text'], da: ['af'], no: ['av', 'tekst'], fi: ['kirjoittaja', 'teksti'], ru: ['автор', 'авторы', 'текст', 'подготовил', 'подготовила', 'редактор', 'корреспондент'], uk: ['автор', 'текст', 'редактор'], el: ['του', 'της', 'συντάκτης', 'γράφει', 'γράφει ο', 'γράφει η', 'επιμέλεια', 'ρεπορτάζ', 'από'], tr: ['yazar', 'yazan', 'haber', 'editör', 'muhabir'],
    ar: ['كتب', 'كتبت', 'كتبه', 'بقلم', 'إعداد', 'تحرير', 'الكاتب', 'محرر', 'تقرير'], fa: ['نویسنده', 'خبرنگار', 'به قلم', 'نگارنده', 'گزارش از'], ur: ['تحریر', 'رپورٹ'], he: ['מאת', 'כתב', 'כתבת', 'עריכה'], hi: ['लेखक', 'द्वारा', 'रिपोर्ट', 'संपादक', 'written by', 'edited by'], id: ['oleh', 'penulis', 'editor', 'reporter', 'pewarta'], vi: ['tác giả', 'theo'],
    ja: ['文', '文・', '取材', '執筆', '著者', '記者', '筆者', 'ライター'], ko: ['기자', '글', '취재', '작성'], zh: ['作者', '记者', '記者', '文', '撰文', '撰稿', '编译', '本报记者', '通讯员', '文章作者', '编辑', '編輯', '发布者'],
  },
  paywall: {
    en: ['subscribe to continue', 'subscribe to read', 'to continue reading', 'this article is for subscribers', 'this content is for subscribers', 'already a subscriber', 'subscribers only', 'this is a premium', 'log in to continue', 'sign in to continue', 'you have reached your', 'you ve reached your', 'unlock this article', 'start your free trial', 'become a member to', 'register to read', 'this story is for subscribers', 'premium content'],
    de: ['weiterlesen mit', 'jetzt weiterlesen', 'dieser artikel ist nur für abonnenten', 'sie haben bereits ein', 'exklusiv für abonnenten', 'lesen sie diesen artikel mit', 'mit einem abo', 'zugang wählen', 'wählen sie ihren zugang', 'dieser inhalt ist nur', 'bereits abonnent', 'artikel freischalten', 'jetzt kostenlos testen', 'diesen artikel weiterlesen', 'um diesen artikel zu lesen', 'plus artikel'],
    fr: ['cet article est réservé', 'réservé aux abonnés', 'il vous reste', 'déjà abonné', 'abonnez vous pour lire', 'la suite est réservée', 'pour lire la suite'], es: ['contenido exclusivo', 'solo para suscriptores', 'exclusivo para suscriptores', 'suscríbete para', 'ya eres suscriptor', 'para seguir leyendo'], pt: ['conteúdo exclusivo', 'exclusivo para assinantes', 'já é assinante', 'este conteúdo é exclusivo'], it: ['contenuto riservato', 'riservato agli abbonati', 'sei già abbonato', 'per continuare a leggere'],
    nl: ['alleen voor abonnees', 'al abonnee', 'verder lezen'], pl: ['treść dostępna', 'artykuł dostępny', 'tylko dla prenumeratorów', 'dalsza część artykułu', 'pozostało', 'czytaj dalej za'], cs: ['pouze pro předplatitele', 'odemkněte'], sv: ['endast för prenumeranter', 'lås upp', 'redan prenumerant'], da: ['kun for abonnenter', 'allerede abonnent', 'læs videre'], no: ['for abonnenter', 'allerede abonnent'],
    ru: ['доступно только', 'только для подписчиков', 'оформите подписку', 'материал доступен'], tr: ['aboneler için', 'abonelere özel'], ar: ['للمشتركين فقط', 'محتوى حصري للمشتركين'], he: ['למנויים בלבד', 'תוכן בלעדי למנויים'], ja: ['この記事は会員限定', '会員限定', '有料会員', '残り', 'この記事は有料', '続きを読むには', '有料記事'], ko: ['유료회원', '유료 회원', '회원전용'], zh: ['会员专享', '付费阅读', '付費', '會員專屬', '本文为付费', '訂戶'],
  },
  consent: {
    en: ['we use cookies', 'this site uses cookies', 'this website uses cookies', 'cookie', 'cookies', 'we and our partners', 'your privacy', 'we value your privacy', 'accept all', 'manage preferences', 'by continuing to use', 'please enable javascript', 'javascript is', 'your browser', 'you are using an outdated', 'enable javascript', 'to view this content', 'please enable', 'recaptcha', 'this site is protected'],
    de: ['wir verwenden cookies', 'cookies', 'diese website verwendet', 'diese seite verwendet', 'wir und unsere partner', 'mit cookies', 'datenschutzeinstellungen', 'um inhalte', 'an dieser stelle', 'empfohlener externer inhalt', 'empfohlener redaktioneller', 'externer inhalt', 'ich bin damit einverstanden', 'inhalt anzeigen', 'cookie', 'javascript', 'bitte aktivieren sie', 'zustimmen', 'akzeptieren', 'damit können personenbezogene', 'wir benötigen ihre'],
    nl: ['wij gebruiken cookies', 'cookies', 'deze website gebruikt'], fr: ['nous utilisons des cookies', 'cookies', 'gestion des cookies', 'nos partenaires', 'en poursuivant', 'ce contenu', 'javascript'], es: ['utilizamos cookies', 'cookies', 'este sitio', 'usamos cookies', 'esta web utiliza'], pt: ['utilizamos cookies', 'este site usa', 'cookies', 'usamos cookies'], it: ['questo sito', 'cookie', 'utilizziamo'], pl: ['ta strona', 'pliki cookies', 'używamy', 'ten serwis', 'serwis wykorzystuje', 'strona używa', 'cookies', 'aby zobaczyć'], cs: ['tento web', 'používáme cookies', 'cookies'],
    sv: ['vi använder cookies'], da: ['vi bruger cookies'], no: ['vi bruker cookies', 'vi bruker informasjonskapsler'], ru: ['мы используем', 'этот сайт использует', 'сайт использует', 'файлы cookie', 'для просмотра', 'включите javascript'], uk: ['ми використовуємо', 'цей сайт використовує'], el: ['χρησιμοποιούμε cookies', 'cookies', 'ο ιστότοπος', 'χρησιμοποιούμε'], tr: ['çerez', 'bu site', 'bu sitede'], ar: ['ملفات تعريف الارتباط', 'يستخدم هذا الموقع', 'نستخدم', 'متصفحك'], fa: ['کوکی', 'مرورگر شما'], he: ['אתר זה', 'עוגיות', 'אנו משתמשים'], hi: ['कुकीज़', 'यह वेबसाइट'], id: ['situs ini', 'kami menggunakan'], vi: ['trang web này', 'chúng tôi sử dụng'], ja: ['クッキー', '当サイトでは', 'javascriptを', 'ブラウザ'], ko: ['쿠키', '이 사이트는'], zh: ['本网站使用', '我们使用', '您的浏览器', '您使用的浏览器', '請啟用'],
  },
  caption: {
    en: ['photo', 'photo by', 'image', 'image source', 'image credit', 'photo credit', 'photograph', 'picture', 'credit', 'file photo', 'video', 'watch', 'getty images', 'screenshot', 'photo courtesy', 'media caption', 'image caption', 'file pic', 'illustration', 'graphic'], de: ['foto', 'fotos', 'bild', 'bildquelle', 'symbolbild', 'archivbild', 'quelle', 'grafik', 'video', 'picture alliance', 'illustration', 'archivfoto', 'symbolfoto', 'bildrechte', 'titelbild', 'aufmacherbild'],
    nl: ['foto', 'beeld', 'video'], fr: ['photo', 'crédit photo', 'crédits', 'image', 'vidéo', 'légende'], es: ['foto', 'fotografía', 'imagen', 'vídeo', 'video', 'foto de archivo', 'crédito'], pt: ['foto', 'imagem', 'vídeo', 'crédito', 'reprodução', 'divulgação'], it: ['foto', 'immagine', 'video'], pl: ['fot', 'foto', 'zdjęcie', 'wideo', 'fotografia', 'zdjęcia', 'źródło zdjęcia'], cs: ['foto', 'video', 'snímek'], sv: ['foto', 'bild'], da: ['foto'], no: ['foto', 'bilde'], fi: ['kuva'],
    ru: ['фото', 'видео', 'фотография', 'иллюстрация', 'фотограф', 'снимок'], uk: ['фото', 'відео'], el: ['φωτογραφία', 'φωτο', 'βίντεο', 'πηγή φωτογραφίας', 'εικόνα'], tr: ['fotoğraf', 'foto', 'video', 'görsel'], ar: ['صورة', 'الصورة', 'تصوير', 'فيديو', 'بالفيديو', 'بالصور'], fa: ['عکس', 'تصویر', 'فیلم', 'ویدئو'], ur: ['تصویر', 'فوٹو'], he: ['צילום', 'תמונה', 'וידאו', 'צילום מסך'], hi: ['फोटो', 'फ़ोटो', 'तस्वीर', 'वीडियो', 'इमेज'], id: ['foto', 'video', 'ilustrasi'], vi: ['ảnh', 'video', 'hình'], ja: ['写真', '画像', '動画', '提供', '撮影', '写真提供'], ko: ['사진', '영상', '사진제공', '자료사진'], zh: ['图', '图片', '图为', '圖', '圖片', '圖為', '摄', '视频', '影片', '资料图', '資料照片', '攝影', '图源', '资料图片', '新华社发'],
  },
  advertisement: {
    en: ['advertisement', 'advert', 'ad=', 'ads=', 'story continues below', 'article continues below', 'sponsored by', 'sponsored content', 'scroll to continue', 'continue reading below', 'skip advertisement', 'ad feedback'], de: ['anzeige', 'werbung', 'anzeigen', 'advertorial', 'affiliate link', 'sponsored post'], nl: ['advertentie'], fr: ['publicité', 'annonce'], es: ['publicidad', 'anuncio', 'pauta'], pt: ['publicidade', 'propaganda', 'anúncio'], it: ['pubblicità', 'annuncio'], pl: ['reklama', 'materiał sponsorowany', 'dalsza część pod', 'ciąg dalszy pod'], cs: ['reklama', 'inzerce'], sv: ['annons'], da: ['annonce', 'artiklen fortsætter'], no: ['annonse', 'annonsørinnhold', 'saken fortsetter'], fi: ['mainos'], ru: ['реклама', 'на правах рекламы'], uk: ['реклама'], el: ['διαφήμιση', 'διαφημιση'], tr: ['reklam', 'i̇lan'], ar: ['إعلان', 'اعلان', 'إعلانات'], fa: ['تبلیغات', 'آگهی'], he: ['פרסומת', 'מודעה'], hi: ['विज्ञापन', 'advertisement'], id: ['iklan', 'advertisement', 'scroll to continue'], vi: ['quảng cáo'], th: ['โฆษณา'], ja: ['広告', 'pr=', '[pr]'], ko: ['광고'], zh: ['广告', '廣告'],
  },
  tags: {
    en: ['tags', 'tag', 'topics', 'filed under', 'categories', 'category', 'keywords', 'tagged', 'posted in', 'in this article', 'topics in this'], de: ['tags', 'schlagworte', 'schlagwörter', 'themen', 'kategorien', 'kategorie', 'stichworte', 'themen in diesem artikel', 'mehr themen'], nl: ['tags', 'onderwerpen'], fr: ['mots clés', 'tags', 'thèmes', 'thématiques', 'sujets'], es: ['etiquetas', 'temas', 'tags', 'en esta nota', 'etiquetado'], pt: ['tags', 'assuntos', 'tópicos', 'palavras chave'], it: ['tag', 'argomenti', 'temi'], pl: ['tagi', 'tematy', 'słowa kluczowe', 'kategorie'], cs: ['témata', 'štítky', 'klíčová slova'], ru: ['теги', 'тэги', 'темы', 'метки', 'рубрики', 'рубрика', 'ключевые слова', 'тема'], uk: ['теги', 'теми', 'мітки', 'рубрики'], el: ['ετικέτες', 'tags', 'θέματα', 'κατηγορίες', 'κατηγορία', 'λέξεις κλειδιά'], tr: ['etiketler', 'konular'], ar: ['الكلمات الدلالية', 'كلمات مفتاحية', 'وسوم', 'الوسوم', 'كلمات دلالية', 'العلامات', 'الكلمات المفتاحية', 'تصنيفات'], fa: ['برچسب ها', 'برچسب‌ها', 'کلیدواژه', 'کلید واژه', 'برچسب'], he: ['תגיות', 'תגים', 'נושאים'], hi: ['टैग', 'विषय'], id: ['tag', 'topik', 'tags'], vi: ['từ khóa', 'chủ đề', 'tags'], ja: ['タグ', 'キーワード', 'カテゴリ', 'トピックス'], ko: ['태그', '키워드'], zh: ['标签', '標籤', '关键词', '关键字', '關鍵字', '分类', '栏目'],
  },
  menu: {
    en: ['home', 'skip to', 'menu', 'search', 'back to top', 'contact us', 'about us', 'advertise', 'sections', 'close', 'navigation', 'site map', 'toggle'], de: ['startseite', 'zum inhalt', 'menü', 'suche', 'kontakt', 'schließen', 'navigation', 'sie sind hier', 'zurück'], nl: ['home', 'zoeken', 'sluiten'], fr: ['accueil', 'aller au', 'recherche', 'fermer', 'retour', 'vous êtes ici'], es: ['inicio', 'portada', 'buscar', 'cerrar', 'volver', 'está en', 'secciones'], pt: ['início', 'buscar', 'fechar', 'voltar', 'página inicial', 'você está'], it: ['home', 'cerca', 'chiudi', 'torna', 'sei in'], pl: ['strona główna', 'szukaj', 'zamknij', 'powrót', 'jesteś tutaj', 'wróć', 'do góry'], cs: ['domů', 'hledat', 'zavřít', 'úvod'], ru: ['главная', 'поиск', 'меню', 'закрыть', 'наверх', 'вверх', 'назад', 'контакты', 'о проекте', 'разделы', 'на главную'], uk: ['головна', 'пошук', 'меню', 'закрити', 'нагору'], el: ['αρχική', 'αναζήτηση', 'μενού', 'κλείσιμο', 'επικοινωνία', 'βρίσκεστε εδώ', 'επιστροφή'], tr: ['ana sayfa', 'anasayfa', 'ara=', 'menü', 'kapat'], ar: ['الرئيسية', 'بحث', 'القائمة', 'إغلاق', 'اتصل بنا', 'الصفحة الرئيسية'], fa: ['صفحه اصلی', 'خانه', 'جستجو', 'منو', 'تماس با ما', 'درباره ما'], he: ['דף הבית', 'חיפוש', 'תפריט', 'סגור', 'צור קשר'], hi: ['होम', 'मुख्य पृष्ठ', 'खोजें', 'मेनू'], id: ['beranda', 'cari', 'menu', 'home'], vi: ['trang chủ', 'tìm kiếm'], ja: ['ホーム', '検索', 'メニュー', '閉じる', 'トップ', 'ページトップ', 'ページの先頭', 'topへ'], ko: ['홈', '검색', '메뉴', '닫기', '처음으로', '맨위로'], zh: ['首页', '首頁', '搜索', '搜尋', '菜单', '關閉', '关闭', '返回', '您的位置', '当前位置', '您当前的位置', '网站地图', '所在位置', '您现在的位置'],
  },
  updated: {
    en: ['published', 'updated', 'last updated', 'posted', 'posted on', 'last modified', 'first published', 'min read', 'date', 'publication date', 'modified', 'published on'], de: ['veröffentlicht', 'aktualisiert', 'stand', 'zuletzt aktualisiert', 'erstellt', 'lesezeit', 'datum', 'letzte aktualisierung', 'lesedauer', 'erschienen'], nl: ['gepubliceerd', 'bijgewerkt', 'laatst bijgewerkt'], fr: ['publié le', 'mis à jour', 'modifié le', 'temps de lecture', 'publié', 'le'], es: ['publicado', 'actualizado', 'actualizada', 'fecha', 'última actualización'], pt: ['publicado', 'atualizado', 'atualizada', 'publicada', 'data'], it: ['pubblicato', 'aggiornato', 'ultimo aggiornamento', 'data'], pl: ['opublikowano', 'aktualizacja', 'data publikacji', 'dodano', 'data dodania', 'ostatnia aktualizacja', 'data', 'publikacja', 'utworzono'], cs: ['publikováno', 'aktualizováno', 'vydáno'], sv: ['publicerad', 'uppdaterad', 'publicerat'], da: ['publiceret', 'opdateret'], no: ['publisert', 'oppdatert'], fi: ['julkaistu', 'päivitetty'], ru: ['опубликовано', 'обновлено', 'дата', 'дата публикации', 'время публикации', 'размещено', 'добавлено', 'просмотров', 'прочитано'], uk: ['опубліковано', 'оновлено', 'дата', 'переглядів'], el: ['δημοσιεύθηκε', 'δημοσίευση', 'ενημερώθηκε', 'τελευταία ενημέρωση', 'ημερομηνία', 'ημ δημοσίευσης', 'δημοσιεύτηκε', 'τελευταία τροποποίηση', 'πρώτη καταχώρηση'], tr: ['yayınlanma', 'güncelleme', 'giriş tarihi', 'son güncelleme', 'yayın tarihi', 'oluşturulma'], ar: ['نشر', 'نشر في', 'تاريخ النشر', 'آخر تحديث', 'تم النشر', 'تم التحديث', 'التاريخ', 'حجم الخط', 'نُشر', 'تحديث'], fa: ['تاریخ انتشار', 'منتشر شده', 'کد خبر', 'زمان انتشار', 'تاریخ', 'به روزرسانی', 'شناسه خبر'], he: ['פורסם', 'עודכן', 'עדכון אחרון', 'תאריך'], hi: ['प्रकाशित', 'अपडेट', 'अद्यतन', 'पब्लिश', 'updated', 'published'], id: ['diterbitkan', 'diperbarui', 'dipublikasikan'], vi: ['cập nhật', 'ngày đăng', 'đăng ngày'], ja: ['公開日', '更新日', '掲載日', '公開', '更新', '配信', '投稿日', '最終更新'], ko: ['입력', '수정', '등록', '승인', '기사입력', '최종수정', '작성일', '송고'], zh: ['发布时间', '發布時間', '更新时间', '更新時間', '发布', '时间', '发表于', '日期', '发布日期', '发表时间', '浏览', '点击', '阅读'],
  },
  contact: {
    en: ['contact', 'email', 'e mail', 'tel', 'phone', 'fax', 'media contact', 'press contact', 'send your', 'if you have a story', 'got a tip', 'have a story'], de: ['kontakt', 'pressekontakt', 'rückfragen', 'tel', 'telefon', 'ansprechpartner', 'e mail', 'original content von', 'pressestelle'], fr: ['contact', 'tél'], es: ['contacto', 'teléfono'], pt: ['contato', 'telefone'], it: ['contatti', 'telefono'], pl: ['kontakt', 'tel'], ru: ['контакты', 'тел', 'телефон', 'адрес редакции'], el: ['επικοινωνία', 'τηλ', 'τηλέφωνο'], tr: ['iletişim'], ar: ['للتواصل', 'اتصل', 'هاتف'], fa: ['تماس', 'تلفن'], he: ['צרו קשר', 'טלפון'], ja: ['お問い合わせ', '連絡先'], ko: ['제보', '문의'], zh: ['联系我们', '联系电话', '电话', '聯絡', '投稿', '热线', '邮箱'],
  },
};

const ASCII = /^[ -~]*$/;
const GREEK = /[\u0370-\u03ff\u1f00-\u1fff]/;

/** Lower case, letters and digits of all scripts, single spaces: what phrases and texts are compared as. */
export function foldPhrase(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replace(/['`]/g, '').replace(/[^a-z0-9[\]]+/g, ' ').trim();
  let plain = text.normalize('NFKC').toLowerCase().replace(/[\u0307'’‘`´]/g, '').replaceAll('ı', 'i').replaceAll('ß', 'ss');
  // Greek capitals are written without accents.
  if (GREEK.test(plain)) plain = plain.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').replaceAll('ς', 'σ');
  return plain.replace(/[^\p{L}\p{M}\p{N}©ⓒ\u200c[\]]+/gu, ' ').trim();
}

interface Phrase {
  readonly words: string;
  readonly whole: boolean;
  readonly kind: number;
}

export const FURNITURE_KINDS = Object.keys(FURNITURE_WORDS) as readonly FurnitureWord[];

/** Phrases are filed by so many letters; those of one letter, as in Chinese, by that one. */
const KEY = 2;
const PHRASES: ReadonlyMap<string, readonly Phrase[]> = (() => {
  const table = new Map<string, Phrase[]>();
  for (const [kind, rows] of Object.entries(FURNITURE_WORDS)) {
    const number = FURNITURE_KINDS.indexOf(kind as FurnitureWord);
    for (const row of Object.values(rows)) {
      for (const written of row) {
        const whole = written.endsWith('=');
        const phrase = foldPhrase(whole ? written.slice(0, -1) : written);
        if (phrase === '') continue;
        const key = phrase.slice(0, KEY);
        const list = table.get(key);
        if (list === undefined) table.set(key, [{ words: phrase, whole, kind: number }]);
        else list.push({ words: phrase, whole, kind: number });
      }
    }
  }
  return table;
})();
const NO_SPACES = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]$/;
/** Texts longer than this, in characters, are prose even when they begin so. */
const LONGEST_FURNITURE = 400;

const NO_WORDS = { begins: 0, whole: 0 };
/** So many units are folded first: most texts begin with no phrase, and need no more. */
const GLANCE = 16;

/** False where no phrase begins as the text does. */
function mayBeginFurniture(text: string): boolean {
  if (text.length <= GLANCE) return true;
  const folded = foldPhrase(text.slice(0, GLANCE));
  // What stands at the cut may fold otherwise together with what follows it.
  if (folded.length < 8) return true;
  const start = folded.slice(0, 6);
  const begins = ({ words }: Phrase): boolean => (words.length <= start.length ? start.startsWith(words) : words.startsWith(start));
  return (PHRASES.get(start.slice(0, KEY))?.some(begins) ?? false) || (PHRASES.get(start.slice(0, 1))?.some(begins) ?? false);
}

/** Kinds of furniture a text begins with, one bit each in the order of {@link FURNITURE_KINDS}; and those it wholly is. */
export function furnitureWordsIn(text: string): { readonly begins: number; readonly whole: number } {
  if (text.length > LONGEST_FURNITURE || !mayBeginFurniture(text)) return NO_WORDS;
  const folded = foldPhrase(text.slice(0, 80));
  let begins = 0;
  let whole = 0;
  const phrases = [...(PHRASES.get(folded.slice(0, KEY)) ?? []), ...(folded.length > 1 ? PHRASES.get(folded.slice(0, 1)) ?? [] : [])];
  for (const phrase of phrases) {
    if (!folded.startsWith(phrase.words)) continue;
    if (folded.length === phrase.words.length) {
      whole |= 1 << phrase.kind;
      begins |= 1 << phrase.kind;
    } else if (!phrase.whole && (folded.charCodeAt(phrase.words.length) === 0x20 || NO_SPACES.test(phrase.words))) begins |= 1 << phrase.kind;
  }
  return { begins, whole };
}
