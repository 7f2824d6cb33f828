import { between, pick, seeded, type Random } from './random.js';
import { WORDINGS, type Wording } from './words.js';

/**
 * Made news pages with the weight of real ones: about 125 kB, 760 elements and a third script and style, as 181 pages of news
 * sites had in the median (115 kB, 743 elements, 31 %). The same number gives the same page in every run.
 */
export interface MadePage {
  readonly path: string;
  readonly title: string;
  readonly html: string;
}

const NAMES = ['cfg', 'slot', 'adUnit', 'evt', 'node', 'queue', 'lazy', 'vp', 'consent', 'render', 'bid', 'track', 'cache', 'hydrate'] as const;

function script(random: Random, size: number): string {
  let code = '(function(w,d){"use strict";';
  while (code.length < size) {
    const [a, b] = [pick(random, NAMES), pick(random, NAMES)];
    const number = between(random, 1, 99_999);
    code += pick(random, [
      `var ${a}${number}=w.${b}||{};${a}${number}.id="${number.toString(36)}-${Math.floor(random() * 1e9).toString(36)}";`,
      `function ${a}${number}(e,t){for(var n=0;n<e.length;n++){if(e[n].${b}===t)return e[n].${a}+${number};}return null}`,
      `d.addEventListener("${a}",function(e){if(e.detail&&e.detail.${b}>${number}){w.dataLayer.push({event:"${b}",v:${number}})}});`,
      `w.${a}=w.${a}||[];w.${a}.push(["${b}",${number},{"w":${number % 970},"h":${number % 250},"k":"${Math.floor(random() * 1e9).toString(36)}"}]);`,
    ]);
  }
  return `${code}})(window,document);`;
}

function style(random: Random, size: number): string {
  let css = '';
  while (css.length < size) {
    const name = `${pick(random, NAMES)}-${between(random, 1, 400)}`;
    css += `.${name}{margin:${between(random, 0, 40)}px ${between(random, 0, 24)}px;color:#${Math.floor(random() * 0xffffff).toString(16).padStart(6, '0')};display:flex}.${name}:hover>a{opacity:.${between(random, 1, 9)}}`;
  }
  return css;
}

function sentence(random: Random, words: Wording): string {
  const { people, says, subjects, verbs, objects, times, stop, space } = words;
  const parts = [pick(random, people), pick(random, says), pick(random, subjects), pick(random, verbs), pick(random, objects), pick(random, times)];
  const text = parts.join(space) + space + String(between(random, 2, 980)) + stop;
  return text.charAt(0).toLocaleUpperCase(words.tag) + text.slice(1);
}

const sentences = (random: Random, words: Wording, count: number): string =>
  Array.from({ length: count }, () => sentence(random, words)).join(words.space === '' ? '' : ' ');

const headline = (random: Random, words: Wording): string =>
  [pick(random, words.subjects), pick(random, words.verbs), pick(random, words.objects)].join(words.space);

const hex = (random: Random, digits: number): string =>
  Array.from({ length: Math.ceil(digits / 8) }, () => Math.floor(random() * 0xffffffff).toString(16).padStart(8, '0')).join('').slice(0, digits);

const links = (random: Random, words: Wording, count: number, kind: string): string =>
  Array.from({ length: count }, (_, at) => `<li class="${kind}__item"><a class="${kind}__link" href="/${kind}/${at}" data-t="${between(random, 1, 9_999)}" data-track="${kind}|${hex(random, 24)}|${at}">${pick(random, words.objects)}</a></li>`).join('\n');

const card = (random: Random, words: Wording): string =>
  `<div class="card card--${between(random, 1, 9)}"><a href="/story/${hex(random, 16)}/${between(random, 1, 1e6)}.html" data-position="${between(random, 1, 60)}"><img src="/i/${hex(random, 32)}.jpg" srcset="/i/${hex(random, 32)}-320.jpg 320w, /i/${hex(random, 32)}-640.jpg 640w, /i/${hex(random, 32)}-960.jpg 960w" sizes="(min-width: 960px) 280px, 40vw" alt="" loading="lazy"></a>` +
  `<h3 class="card__title"><a href="/story/${between(random, 1, 1e6)}">${headline(random, words)}</a></h3><p class="card__text">${sentence(random, words)}</p><time>${between(random, 1, 23)}:${between(random, 10, 59)}</time></div>`;

export function makePage(number: number): MadePage {
  const random = seeded(number * 7_919 + 17);
  const words = WORDINGS[number % WORDINGS.length] ?? WORDINGS[0];
  const weight = 0.6 + random() * 0.96;
  const sized = (amount: number): number => Math.round(amount * weight);
  const title = `${headline(random, words)} ${number}`;
  const path = `/story/${number}.html`;
  const place = pick(random, words.places);
  const paragraphs = Array.from({ length: sized(16) }, (_, at) =>
    `<p class="body__p">${at === 0 ? `${place} (${words.agency}) - ` : ''}${sentences(random, words, between(random, 2, 4))}</p>`);
  const jsonLd = {
    '@context': 'https://schema.org', '@type': 'NewsArticle', headline: title, inLanguage: words.tag,
    datePublished: `2026-11-${String(between(random, 10, 22))}T08:${String(between(random, 10, 59))}:00Z`, author: { '@type': 'Person', name: 'A. Writer' },
  };
  const html = `<!doctype html>
<html lang="${words.tag}" dir="${words.direction}"><head><meta charset="utf-8"><title>${title} | Made Wire</title>
<meta name="description" content="${sentence(random, words)}"><meta property="og:title" content="${title}"><meta property="og:type" content="article">
<meta property="article:published_time" content="${jsonLd.datePublished}"><link rel="canonical" href="${path}">
<script type="application/ld+json">${JSON.stringify(jsonLd)}</script><style>${style(random, sized(12_000))}</style><script>${script(random, sized(14_500))}</script></head>
<body class="page page--story"><header class="head"><a href="/"><img src="/logo.svg" alt="Made Wire"></a><nav class="nav"><ul>${links(random, words, sized(60), 'nav')}</ul></nav></header>
<main class="main"><article class="story" itemscope><h1 class="story__title">${title}</h1><div class="story__meta"><span class="byline">A. Writer</span> <time datetime="${jsonLd.datePublished}">${jsonLd.datePublished}</time></div>
<figure><img src="/i/${number}.jpg" alt=""><figcaption>${sentence(random, words)}</figcaption></figure>
<div class="story__body">${paragraphs.join('\n')}</div></article>
<aside class="more"><h2>More</h2>${Array.from({ length: sized(53) }, () => card(random, words)).join('\n')}</aside></main>
<script>${script(random, sized(15_000))}</script><footer class="foot"><ul>${links(random, words, sized(62), 'foot')}</ul><p>&copy; Made Wire</p></footer></body></html>`;
  return { path, title, html };
}
