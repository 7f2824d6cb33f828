import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { agencyFileSchema, closingDateline, createDatelineParser, explainDateline, parseDateline, parseDatelines } from '../../src/dateline/index.js';

describe('agencies of the user', () => {
  const rows = agencyFileSchema.parse(parse(`
agencies:
  - id: harbour-news
    names: [Harbour News, ХН]
    country: IS
    languages: [is, en]
    home: https://harbour.example
    bare: true
    examples: [{ text: "VÍK, Harbour News. The boats are in.", place: VÍK }]
`)).agencies;

  it('are read without a change to the code', () => {
    const parser = createDatelineParser({ agencies: rows });
    expect(parser.parseDateline('VÍK, Harbour News. The boats came back in the evening.')).toMatchObject({ places: [{ name: 'VÍK' }], agency: { id: 'harbour-news', raw: 'Harbour News' } });
    expect(parser.parseDateline('OSLO (AFP) - Snow fell in the evening.')?.agency?.id).toBe('afp');
    expect(parseDateline('VÍK, Harbour News. The boats came back in the evening.')?.agency?.id ?? null).toBeNull();
  });

  it('replace a bundled row of the same id, and can stand alone', () => {
    const [own] = rows;
    expect(createDatelineParser({ agencies: rows, bundled: false }).agencies).toEqual(rows);
    const replaced = createDatelineParser({ agencies: own === undefined ? [] : [{ ...own, id: 'afp' }] });
    expect(replaced.agencies.filter(({ id }) => id === 'afp')).toHaveLength(1);
  });

  it('are refused with the place of the mistake', () => {
    expect(agencyFileSchema.safeParse({ agencies: [{ id: 'Two Words', names: [] }] }).success).toBe(false);
  });
});

describe('several datelines', () => {
  it('joined at the head are read one by one, with offsets into the text', () => {
    const text = 'Canadian Press - HALIFAX (CP) - The ferry was late on Monday.';
    const found = parseDatelines(text);
    expect(found.map(({ places, agency }) => [places.map(({ name }) => name), agency?.raw])).toEqual([[[], 'Canadian Press'], [['HALIFAX'], 'CP']]);
    expect(text.slice(found.at(-1)?.end)).toBe('The ferry was late on Monday.');
  });

  it('are one where the body opens with a place of its own', () => {
    expect(parseDatelines('OSLO (AFP) - Bergen - Norway\'s second city - has a new harbour.')).toHaveLength(1);
  });
});

describe('a dateline at the end', () => {
  const ends: ReadonlyArray<readonly [string, readonly string[], string, string | null]> = [
    ['Der Rat hat den Haushalt beschlossen. (APA, 3.3.2024)', [], 'apa', '2024-03-03'],
    ['Le pont est rouvert depuis lundi. (Belga)', [], 'belga', null],
    ['大桥星期一重新开放。（新华社北京3月3日电）', ['北京'], 'xinhua', '2024-03-03'],
    ['大橋星期一重新開放。（中央社記者王小明高雄3日電）\n', ['高雄'], 'cna-taiwan', '2024-03-03'],
    ['橋は月曜日に再開した。（ロンドン共同）', ['ロンドン'], 'kyodo', null],
    ['The bridge reopened. (Oslo, AFP)', ['Oslo'], 'afp', null],
  ];
  for (const [text, places, agency, iso] of ends) {
    it(`${agency}: ${text.slice(-24).trim()}`, () => {
      const found = closingDateline(text, { reference: '2024-03-04' });
      expect(found?.places.map(({ name }) => name)).toEqual(places);
      expect(found?.agency?.id).toBe(agency);
      expect(found?.date?.iso ?? null).toBe(iso);
      expect(text.slice(0, found?.start)).toMatch(/[.。]\s?$/u);
    });
  }
  for (const text of ['The bridge (built in 1990) reopened.', 'It belongs to the cartel (OPEC)', 'He was born in Oslo (Norway)', '', '(', 'AFP)']) {
    it(`none in “${text}”`, () => expect(closingDateline(text)).toBeNull());
  }
});

describe('hints', () => {
  it('the source weighs for its own agency', () => {
    const text = 'Homs, SANA- The bridge reopened on Monday.';
    expect(parseDateline(text, { source: 'sana' })?.confidence).toBeGreaterThan(parseDateline(text)?.confidence ?? 1);
  });

  it('the language decides between months of one name', () => {
    const text = 'ZADAR, 3. listopada (Hina) - Most je otvoren.';
    expect(parseDateline(text, { language: 'hr', reference: '2024-12-01' })?.date?.iso).toBe('2024-10-03');
    expect(parseDateline(text.replace('3. listopada', '3 listopada'), { language: 'pl', reference: '2024-12-01' })?.date?.iso).toBe('2024-11-03');
  });
});

describe('places', () => {
  const resolved: ReadonlyArray<readonly [string, string, string | undefined, string | undefined]> = [
    ['DAMASCUS (AP) — The bridge reopened.', 'DAMASCUS', 'Damascus', 'SY'],
    ['دمشق (أ ف ب) - أعيد فتح الجسر', 'دمشق', 'Damascus', 'SY'],
    ['МОСКВА, 3 марта. /ТАСС/. Мост открыт в понедельник.', 'МОСКВА', 'Moscow', 'RU'],
    ['【ワシントン共同】橋は月曜日に再開した。', 'ワシントン', 'Washington', 'US'],
    ['PARIS, Texas (AP) — The bridge reopened.', 'PARIS', 'Paris', 'US'],
    ['TBILISI, Georgia (AP) — The bridge reopened.', 'TBILISI', 'Tbilisi', 'GE'],
    ['ATLANTA, Ga. (AP) — The bridge reopened.', 'ATLANTA', 'Atlanta', 'US'],
    ['Genf (dpa) - Die Brücke ist wieder offen.', 'Genf', 'Geneva', 'CH'],
    ['KNOCKBRIDGEVILLE, Ohio (AP) — The bridge reopened.', 'KNOCKBRIDGEVILLE', undefined, 'US'],
    ['本报德国慕尼黑3月3日电记者王小明报道：大桥重新开放。', '慕尼黑', 'Munich', 'DE'],
  ];
  for (const [text, name, englishName, countryCode] of resolved) {
    it(`${name} → ${englishName ?? 'unknown'}, ${countryCode}`, () => {
      const [place] = parseDateline(text)?.places ?? [];
      expect(place?.name).toBe(name);
      expect(place?.englishName).toBe(englishName);
      expect(place?.countryCode).toBe(countryCode);
    });
  }
});

describe('explainDateline', () => {
  it('shows each part, its offsets, and the evidence for and against', () => {
    const shown = explainDateline('OSLO, Norway, March 3 (AFP) - Snow fell.', { language: 'en', reference: '2024-03-05' });
    for (const part of ['order     place-date-agency', 'place     OSLO, Norway → Oslo, NO', '"March 3", gregory → 2024-03-03', '"AFP" → afp', 'needed']) expect(shown).toContain(part);
  });

  it('says why a text has none', () => {
    expect(explainDateline('Lyon – la gare, pas la ville – sera fermée.', { language: 'fr' })).toContain('No dateline');
    expect(explainDateline('Nothing here that any order would fit')).toContain('No order of the table');
  });
});
