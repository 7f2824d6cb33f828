import { describe, expect, it } from 'vitest';
import { parseDateline } from '../../src/dateline/index.js';

/** Openings that look like a dateline and are none, in texts of our own: no place may come out of them. */
const traps: ReadonlyArray<readonly [language: string, text: string]> = [
  // The place is the subject, or is defined
  ['en', 'Lisbon - the hilly capital - opens a new tram line.'],
  ['en', 'Oslo — that is where it started — has changed.'],
  ['en', 'Madrid (population 3 million) - the largest city of the survey - came first.'],
  ['de', 'Hamburg – so sagen es die Zahlen – wächst weiter.'],
  ['fr', 'Lyon – la gare, pas la ville – sera fermée dimanche.'],
  ['it', 'Torino - dicono i dati - è la città più verde.'],
  ['pl', 'Kraków – twierdzi prezydent – potrzebuje metra.'],
  ['ru', 'Казань — столица Татарстана — примет форум.'],
  ['sv', 'Göteborg – landets andra stad – får nya spårvagnar.'],
  ['es', 'Sevilla - la capital andaluza - estrena tranvía.'],
  ['hu', 'Szeged - a Tisza partján - új hidat kap.'],
  ['fa', 'شیراز - شهر شعر - میزبان جشنواره است.'],
  ['el', 'Η Πάτρα - το λιμάνι - φιλοξενεί τους αγώνες.'],
  ['zh', '上海——中国最大的城市——将举办展览。'],
  ['en', 'London is calling, and Paris answers.'],
  // Headlines
  ['en', 'CAIRO TALKS - Ministers meet again'],
  ['fr', 'Marseille: les docks en grève jeudi'],
  ['es', 'Quito: suspendido el servicio de tranvía'],
  ['pt', 'Recife: chuva forte na quinta-feira'],
  ['ar', 'حلب: افتتاح جسر جديد'],
  ['hi', 'काठमांडू: वार्ता अगले महीने फिर होगी'],
  ['fa', 'اصفهان: پل باز شد'],
  ['en', 'Guterres: The truce must hold'],
  ['en', 'UPDATE 3-Rates rise in Brazil, Chile'],
  ['en', 'BREAKING — Bridge collapses near Porto'],
  ['fr', 'URGENT - Explosion à Dakar'],
  ['ru', 'СРОЧНО: В Казани обрушился мост'],
  ['tr', 'SON DAKİKA - İzmir\'de deprem oldu'],
  ['ar', 'عاجل - انفجار في بغداد'],
  // Scores, fixtures, weather, tables
  ['en', 'Lyon - Nantes 2-1'],
  ['de', 'Köln – Mainz 0:0'],
  ['it', 'Roma - Lazio 3-2'],
  ['hu', 'Debrecen - Győr (Szeged) 2-1'],
  ['ta', 'மதுரை: 31°C.'],
  ['en', 'OSLO - BERGEN - TRONDHEIM: the night train runs again.'],
  ['en', 'LONDON GOLD FIXING - MARCH 3 Standard bar 446.30 dlrs per oz'],
  ['en', 'COPPER 2ND RING 1237 - MAR 3 LAST BUYER SELLER Cash 920.0 -- --'],
  ['en', '1. Lagos, Nigeria - 15 million'],
  ['en', '* Oslo (Norway) - 2 degrees, snow'],
  // Names and clauses with a dash, a colon or brackets
  ['en', 'Paris Jackson — singer and model — opened the show.'],
  ['en', 'OPEC - the cartel of exporters - met in Vienna.'],
  ['en', 'OPEC (Vienna) raised output.'],
  ['en', 'The World Bank (WB) lent the city money.'],
  ['en', 'First Oslo Holdings Inc, Troy, N.Y. - said it would merge.'],
  ['de', 'Bericht: Minister plant Rücktritt'],
  ['de', 'Die Messe findet am 3. März – wie jedes Jahr – in Köln statt.'],
  ['de', 'Blaulicht vom 3. März: Dieb stiehlt Fahrrad'],
  ['sl', 'Nova je tudi 14 - metrska barka z novim krmilom.'],
  ['nl', 'Het werd 3 - 0 voor Ajax tegen de kampioen.'],
  ['uk', 'Комплекси — дуже тяжка штука для життя, але добрий мотиватор.'],
  ['ug', 'دەل - دەرخلەر قاتار – قاتار ئۆيلەرگە'],
  ['ur', 'اقوام متحدہ (یو این) کے مطابق پل کھول دیا گیا۔'],
  ['fa', 'به گزارش ایرنا از تهران، پل باز شد.'],
  ['vi', 'Theo TTXVN, cây cầu đã mở lại vào ngày 3/3.'],
  ['ko', '연합뉴스에 따르면 다리가 3일 다시 열렸다.'],
  ['zh', '据新华社报道，大桥3日重新开放。'],
  ['ru', 'ТАСС сообщает, что мост открыт.'],
  // Furniture
  ['en', 'By Jane Roe'],
  ['en', 'By Jane Roe in Nairobi and John Roe in Lagos'],
  ['en', '(Reporting by Jane Roe in Paris; Editing by John Roe)'],
  ['en', '(Adds quotes, background from Oslo)'],
  ['en', 'PHOTO: Oslo, March 3 (REUTERS/Jane Roe)'],
  ['en', 'Read more: Cairo — the new museum'],
  ['en', 'Updated: Mon Jan. 15 2024 8:53:42 AM'],
  ['en', 'Date: Fri, 2 Feb 2024 11:53:40 -0500 (EST)'],
  ['el', 'Δημοσίευση: 05 Ιαν. 2024, 10:51'],
  ['en', 'Sales Summit - April 21-22, 2026, Warsaw, Poland'],
  ['en', 'Relational Database (Beta) with three stars'],
  ['en', 'The couple was married Aug. 2, 1913. They have a son, William.'],
  ['en', '14:05 GMT – The convoy has reached Homs.'],
  ['fr', '14h05 - Le convoi est arrivé à Homs'],
  ['de', '14:05 Uhr – Der Konvoi hat Homs erreicht.'],
  ['es', '14:05 - El convoy llega a Homs'],
  ['en', 'Q. - Will the truce hold? A. - Perhaps.'],
  ['de', 'Frage: Kommt die Steuer? – Antwort: Ja.'],
  ['ja', '【写真】新しい橋の開通式'],
  ['zh', '【评论】谈判应当继续'],
  ['ko', '[그래픽] 새 다리 위치도'],
  ['ko', '(사진=연합뉴스)'],
  ['it', '(fonte: ANSA)'],
  ['es', 'Por Juana Pérez'],
  ['pt', 'Da Sucursal de Brasília'],
  ['ru', 'Иван Петров, Женева'],
  ['sw', 'Na Mwandishi Wetu, Dodoma'],
  ['en', '"Geneva — that was the place," he said.'],
  ['ru', '— Казань, — сказал он, — это надолго.'],
  ['ru', 'КАЗАНЬ. КРЕМЛЬ. МЭР. Программа выходит по субботам.'],
  ['en', 'Reuters - Hopes -- and worries -- grew on Monday.'],
  ['en', 'Reuters - Southern Airlines Inc. (LUV.N) cut fares.'],
];

describe('what is not a dateline', () => {
  for (const [language, text] of traps) {
    it(`${language}: ${text.slice(0, 60)}`, () => {
      expect(parseDateline(text, { language })?.places ?? []).toEqual([]);
      expect(parseDateline(text)?.places ?? []).toEqual([]);
    });
  }

  it('never cuts a sentence that goes on behind the name of an agency', () => {
    expect(parseDateline('AP - the state government - said it would appeal.', { language: 'en' })).toBeNull();
    expect(parseDateline('(AFP), which owns the archive, said on Monday it would sell.', { language: 'en' })).toBeNull();
  });
});
