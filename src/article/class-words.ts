/** What the names in `class` and `id` say of an element. One bit each, so that ancestors add up with `|`. */
export const HINT = {
  body: 1 << 0, article: 1 << 1, content: 1 << 2, comment: 1 << 3, related: 1 << 4, share: 1 << 5, side: 1 << 6, nav: 1 << 7,
  footer: 1 << 8, header: 1 << 9, promo: 1 << 10, caption: 1 << 11, byline: 1 << 12, date: 1 << 13, tag: 1 << 14,
  newsletter: 1 << 15, popup: 1 << 16, pager: 1 << 17, teaser: 1 << 18, paywall: 1 << 19, quote: 1 << 20, box: 1 << 21,
  embed: 1 << 22, gallery: 1 << 23, login: 1 << 24, lead: 1 << 25, title: 1 << 26, hidden: 1 << 27, list: 1 << 28, print: 1 << 29,
} as const;
export type Hint = keyof typeof HINT;

/**
 * Words of class names and ids, lower case, as they stand between hyphens, underscores and capitals:
 * English first, then what newsrooms write in German, Dutch, Spanish, Portuguese, French, Italian, Polish, Czech,
 * Scandinavian languages, Turkish, Russian and Chinese in Latin letters.
 */
export const CLASS_WORDS: Readonly<Record<Hint, string>> = {
  body: 'body bodytext bodycopy articlebody storybody postbody entrybody articletext storytext maintext text copy paragraph '
    + 'paragraphs prose richtext rte wysiwyg articlecontent postcontent entrycontent storycontent articlecontents newstext newsbody newscontent '
    + 'fulltext textkörper textkoerper fliesstext fliess cuerpo corpo corps corpus tresc treść brodtext brødtekst metin haber '
    + 'zhengwen zw neirong wenzhang texto texte testo tekst tekstas szoveg artibody contenttext txt detailtext',
  article: 'article story post entry artikel articulo artigo articolo artykul artykuł artikkel artikeln noticia noticias nota notizia '
    + 'nyhet haberi clanek statya news newsarticle hentry single permalink blogpost',
  content: 'content contents inhalt contenido conteudo conteúdo contenu contenuto zawartosc innhold innehåll innehall icerik obsah main '
    + 'maincontent primary detail details leftcontent contentmain middle center centre column col',
  comment: 'comment comments commenting commentlist disqus discussion reply replies respond kommentar kommentare kommentarer comentario '
    + 'comentarios comentários commentaire commentaires commento commenti komentarz komentarze yorum yorumlar reacties reageer '
    + 'kommentarii pinglun livefyre coral spotim openweb forum opinie postcomment guestbook',
  related: 'related relatedposts relatedarticles relatednews relatedcontent recommended recommend recommendation recommendations more '
    + 'readmore morenews moreon similar also seealso further recirc recirculation outbrain taboola popular mostread mostpopular trending '
    + 'trend latest recent recentposts top topstories next prev previous nextprev ähnlich verwandt weiterlesen mehr empfehlung '
    + 'empfehlungen relacionados relacionadas relacionado leiamais veja lire aussi liees correlati correlate potrebbe polecane podobne czytaj '
    + 'powiazane lesogså lesmer lesmere ilgili benzer xiangguan tuijian onlangs meest headlines linklist morefrom upnext neighbours '
    + 'suggested suggestion suggestions crosslink crosslinks interlinks hot hotnews rank ranking',
  share: 'share sharing shares sharebar sharetools social socials socialmedia sociallinks socialbar sns bookmark bookmarks addthis '
    + 'addtoany sharethis follow facebook twitter whatsapp telegram pinterest weibo wechat vk teilen compartir compartilhar partager '
    + 'condividi udostepnij del delen paylas fenxiang jiathis bdshare like likes rss tools toolbar toolbox functions actions',
  side: 'sidebar side rail rightrail aside widget widgets rightcol rightcolumn rightside right leftcol left leftside seitenleiste '
    + 'marginal marginalia lateral colonne kolumna sidefelt module sticky secondary tertiary railright complementary',
  nav: 'nav navi navbar navigation menu menus submenu megamenu breadcrumb breadcrumbs crumb crumbs topnav mainnav subnav skip '
    + 'skiplink sitemap burger hamburger offcanvas drawer kanal rubriken topbar',
  footer: 'footer foot foote pagefooter sitefooter colophon impressum bottom bottombar copyright legal disclaimer fuss fusszeile pie '
    + 'rodape stopka imprint',
  header: 'header head masthead pageheader siteheader kopf kopfzeile cabecera cabecalho entete naglowek banner branding logo',
  promo: 'promo promotion ad ads adv advert advertisement advertising advertorial sponsor sponsored sponsors adsense adslot adunit gpt '
    + 'dfp banner werbung anzeige anzeigen reklama reklam reklame publicidad publicidade publicite pubblicita ilan marketing shop '
    + 'buy affiliate deals offer offers commercial partner partners guanggao adbox adzone appeal donate donation donations support',
  caption: 'caption captions figcaption wpcaption imagecaption photocaption imgcaption cutline legend legende leyenda legenda '
    + 'didascalia bildunterschrift bildtext bildtexte credit credits photocredit imagecredit copyrightphoto photographer bildquelle '
    + 'podpis fotocredit photo foto picture image img bild figure media',
  byline: 'byline bylines author authors authorname authorbio authorbox vcard contributor contributors writer reporter writtenby autor '
    + 'autoren autorin autore auteur auteurs autori yazar avtor journalist redakteur firma zuozhe bio biography profile kicker',
  date: 'date dates datetime datum published publish pubdate pubtime publishdate timestamp time times updated modified dateline fecha '
    + 'data tarih veröffentlicht posted postdate entrydate meta postmeta entrymeta articlemeta articleinfo info source',
  tag: 'tag tags tagged taglist tagcloud keywords keyword topic topics category categories cat catlinks labels label '
    + 'schlagwort schlagworte themen thema temas etiquetas mots temat tagi etiketler taxonomy terms',
  newsletter: 'newsletter newsletters subscribe subscription signup sign optin mailing mailinglist mailchimp email abo abonnement '
    + 'suscripcion suscribete inscription iscriviti zapisz registrierung register registration cta',
  popup: 'popup pop modal overlay lightbox cookie cookies consent gdpr cmp privacy notice toast dialog onetrust didomi cookiebar tooltip '
    + 'alert alerts notification interstitial',
  pager: 'pager pagination paginator paging pagenav pages pagelinks pagelink numbers postnav postnavigation fenye',
  teaser: 'teaser teasers card cards tile tiles grid carousel slider slide slides feed listing item items thumb thumbnail thumbs river '
    + 'newslist collection stream excerpt playlist entries',
  paywall: 'paywall paywalled premium plus locked gate gated metered piano regwall subscriberonly paid barrier',
  quote: 'quote pullquote blockquote zitat cita citation cytat citat pull highlight callout standout',
  box: 'box infobox factbox faktabox faktaboks infografik fact facts fakten kasten hintergrund infokasten recuadro encadre scheda ramka '
    + 'aside-box sidebarbox keypoints takeaways explainer glossary toc tableofcontents',
  embed: 'embed embedded tweet instagram youtube video videoplayer player oembed iframe podcast audio soundcloud vimeo '
    + 'jwplayer brightcove',
  gallery: 'gallery galleries slideshow bildergalerie bilderstrecke galeria galerie fotogalerie photos fotos fotostrecke swiper',
  login: 'login logout account user profile signin register anmelden anmeldung konto form search suche buscar',
  lead: 'lead lede leadtext leader intro introtext introduction standfirst dek deck subhead subheadline subtitle subheading summary '
    + 'abstract teasertext vorspann anreißer anreisser entradilla bajada chapo chapeau sommario occhiello zajawka ingress ingres manchet '
    + 'abstracttext description spot excerpttext perex dekline strapline',
  title: 'title headline heading articletitle posttitle entrytitle titel titulo titolo titre tytul naslov baslik overskrift rubrik '
    + 'biaoti h1title',
  hidden: 'hidden hide invisible visuallyhidden screenreader sronly sr offscreen noprint noscript printhide displaynone '
    + 'accessibility assistive',
  list: 'list lists links linkbox link ul liste lista directory archive archives index overview',
  print: 'print printonly printable drucken imprimir',
};

const TABLE: ReadonlyMap<string, number> = (() => {
  const table = new Map<string, number>();
  for (const [hint, list] of Object.entries(CLASS_WORDS) as [Hint, string][]) {
    for (const word of list.split(' ')) table.set(word, (table.get(word) ?? 0) | HINT[hint]);
  }
  return table;
})();

const WORD = /[A-Z]?[a-z\u00df-\u024f\u0430-\u04ff]+|[A-Z]+(?![a-z])/g;
/** Longest text read of one `class` or `id`: utility frameworks write hundreds of names, the telling ones come first. */
const LONGEST = 240;

/** Hints of one `class` or `id` value: each word alone, and each pair of neighbours written together. */
export function hintsOf(value: string): number {
  const words = (value.length > LONGEST ? value.slice(0, LONGEST) : value).match(WORD);
  if (words === null) return 0;
  let hints = 0;
  let before = '';
  for (const word of words) {
    const lower = word.toLowerCase();
    hints |= TABLE.get(lower) ?? 0;
    if (before !== '') hints |= TABLE.get(before + lower) ?? 0;
    before = lower;
  }
  return hints;
}
