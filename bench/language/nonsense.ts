/** Texts of no language, of the kinds that feeds and pages hold where a headline should be; made up here, the same every time. */
import type { CalibrationText } from './calibrate.js';

/** A linear congruential generator (Numerical Recipes): figures that only need to vary. */
class Numbers {
  constructor(private state: number) {}

  below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  of<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }
}

const given = 'Anna Luca Marek Sofia Pierre Ingrid Yusuf Elena Kwame Mehmet Ivana Dragan Siti Budi Olga Tomáš Zoltán Aino Jānis Nino Priya Wei Hiro Fatima'.split(' ') as [string, ...string[]];
const family = ('Rossi Novák Schmidt Dubois Hansen Kovács Yılmaz Petrova Okafor Santos Virtanen Popescu Horvat Jovanović Kowalski Tanaka Nguyen Haddad Bērziņš '
  + 'van Dijk McGregor O’Neill Papadopoulos Wijaya').split(' ') as [string, ...string[]];
const clubs = ('Ajax;Benfica;Dinamo Zagreb;Partizan;Celtic;Rangers;Sparta Praha;Legia Warszawa;Olympiacos;Lazio;Sevilla;Leeds United;Hertha BSC;Malmö FF;FC København;'
  + 'Persija Jakarta;Fenerbahçe;Anderlecht').split(';') as [string, ...string[]];
const places = 'Vienna;Sarajevo;Nairobi;Osaka;Montreal;Lagos;Kraków;Gdańsk;Porto;Antalya;Tallinn;Bergen;Lyon;Jakarta;Tbilisi;Astana'.split(';') as [string, ...string[]];
const symbols = 'TSLA IBM SIE BMW ORCL GOOG BTC ETH EURUSD DAX NDX VOW3 TTE SAP BP RIO'.split(' ') as [string, ...string[]];
const identifiers = 'user count item index value name total state result config buffer token response'.split(' ') as [string, ...string[]];

type Kind = (n: Numbers) => string;

const name: Kind = (n) => `${n.of(given)} ${n.of(family)}`;
const number: Kind = (n) => String(n.below(10_000));
const decimal: Kind = (n) => `${n.below(900)}.${10 + n.below(90)}`;
const hex: Kind = (n) => Array.from({ length: 8 }, () => n.below(65_536).toString(16).padStart(4, '0')).join('');
const id: Kind = (n) => n.of(identifiers);

const kinds: readonly Kind[] = [
  (n) => `${name(n)}, ${name(n)}`,
  (n) => `${name(n)} / ${name(n)} / ${name(n)}`,
  (n) => `${name(n)}, ${name(n)}, ${name(n)}, ${name(n)}`,
  name,
  (n) => n.of(family),
  (n) => `${n.of(clubs)} – ${n.of(clubs)} ${n.below(6)}:${n.below(6)}`,
  (n) => `${n.of(clubs)} vs ${n.of(clubs)}`,
  (n) => `${n.of(places)}, ${n.of(places)}`,
  (n) => `${n.of(family)} (${n.of(clubs)}) 6-4 7-6 ${n.below(7)}-6`,
  (n) => `${n.of(symbols)} ${decimal(n)} +${decimal(n)}%`,
  (n) => `${n.of(symbols)}/${n.of(symbols)} ${decimal(n)}`,
  (n) => `${n.of(symbols)} ${n.of(symbols)} ${n.of(symbols)}`,
  (n) => `SELECT ${id(n)}, ${id(n)} FROM ${id(n)}s WHERE ${id(n)} > ${number(n)}`,
  (n) => `UPDATE ${id(n)}s SET ${id(n)} = ${number(n)} WHERE id = ${number(n)};`,
  (n) => `def ${id(n)}(self, ${id(n)}): return ${id(n)}`,
  (n) => `for (int i = 0; i < ${id(n)}.length; i++) { ${id(n)}(i); }`,
  (n) => `import { ${id(n)} } from './${id(n)}.js';`,
  (n) => `<div class="${id(n)}"><a href="/${id(n)}/${number(n)}"></a></div>`,
  (n) => `$ npm install ${id(n)}-${id(n)} --save`,
  (n) => `/usr/local/lib/${id(n)}/${id(n)}.conf`,
  (n) => `${id(n)}_${id(n)}=${number(n)}&${id(n)}=${hex(n)}`,
  (n) => `[${number(n)}, ${number(n)}, ${number(n)}]`,
  (n) => `www.${id(n)}-${id(n)}.com/${number(n)}`,
  (n) => `${id(n)}@${id(n)}.org`,
  (n) => `#${id(n)} #${n.of(places)} @${id(n)}${number(n)}`,
  hex,
  (n) => `${hex(n).slice(0, 8)}-${hex(n).slice(0, 4)}-${hex(n).slice(0, 4)}-${hex(n).slice(0, 12)}`,
  (n) => `${number(n)} ${number(n)} ${number(n)}`,
  (n) => `${n.below(28)}/${n.below(12)}/20${10 + n.below(15)} ${n.below(24)}:${10 + n.below(50)}`,
  (n) => `IMG_${number(n)}.JPG`,
  (n) => `v${n.below(9)}.${n.below(20)}.${n.below(9)}-rc${n.below(4)}`,
  (n) => `${10 + n.below(80)}°${n.below(60)}'N ${n.below(180)}°${n.below(60)}'E`,
  (n) => `ISBN 978-${n.below(9)}-${number(n)}-${number(n)}-${n.below(9)}`,
  (n) => `LH${number(n)} FRA ${n.below(24)}:${10 + n.below(50)} JFK`,
  (n) => n.of(['👍👍', '🔥 🔥 🔥', '♥', '— — —', '***', '…', '???', '>>>']),
  (n) => `h${'a'.repeat(2 + n.below(9))} ${'x'.repeat(3 + n.below(7))}`,
  (n) => Array.from({ length: 3 + n.below(4) }, () => Array.from({ length: 3 + n.below(6) }, () => String.fromCharCode(97 + n.below(26))).join('')).join(' '),
];

export function nonsense(ofEach: number): CalibrationText[] {
  const numbers = new Numbers(20_240_229);
  return kinds.flatMap((kind) => Array.from({ length: ofEach }, () => ({ tag: 'und', text: kind(numbers) })));
}
