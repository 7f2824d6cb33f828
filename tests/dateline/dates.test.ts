import { describe, expect, it } from 'vitest';
import { dateAt } from '../../src/dateline/dates.js';
import { isoDate } from '../../src/dateline/iso-date.js';
import { dateLocales } from '../../src/dateline/months.js';

/** The whole of a text as a date, in ISO form. */
function read(text: string, language?: string, reference = '2024-03-05T08:00:00Z'): string | null {
  const date = dateAt(text, 0, language);
  return date === null || date.end !== text.length ? `unread (${date === null ? 'nothing' : text.slice(0, date.end)})` : isoDate(date.parts, reference);
}

describe('month names of every language', () => {
  for (const locale of Intl.DateTimeFormat.supportedLocalesOf([...dateLocales])) {
    it(`reads those of ${locale}`, () => {
      const language = new Intl.Locale(locale).language;
      const form = new Intl.DateTimeFormat(new Intl.Locale(locale, { calendar: 'gregory' }), { month: 'long', day: 'numeric', timeZone: 'UTC' });
      for (let month = 0; month < 12; month++) {
        const parts = form.formatToParts(Date.UTC(2024, month, 3));
        const name = parts.find(({ type }) => type === 'month')?.value ?? '';
        const day = parts.find(({ type }) => type === 'day')?.value ?? '';
        // Languages that number their months ("3월", "tháng 3") are read by the East Asian and numeric forms.
        if (/\d/u.test(name)) continue;
        const found = dateAt(`${day} ${name} 2024`, 0, language);
        expect(found?.parts, `${day} ${name}`).toMatchObject({ month: month + 1, day: 3, year: 2024, calendar: 'gregory' });
      }
    });
  }
});

describe('forms of dates', () => {
  const forms: ReadonlyArray<readonly [string, string, string?]> = [
    ['March 3', '2024-03-03'], ['Mar. 3', '2024-03-03'], ['3 March', '2024-03-03'], ['3rd March, 2024', '2024-03-03'], ['March 3rd 2024', '2024-03-03'],
    ['Sunday, March 3, 2024', '2024-03-03'], ['Sept. 30', '2023-09-30'], ['Dec 31', '2023-12-31'], ['MARCH 3', '2024-03-03'],
    ['3 de marzo de 2024', '2024-03-03', 'es'], ['1er mars', '2024-03-01', 'fr'], ['3. marta 2024', '2024-03-03', 'sr'], ['23 fév', '2024-02-23', 'fr'],
    ['3 марта 2024 г.', '2024-03-03', 'ru'], ['kovo 3 d.', '2024-03-03', 'lt'], ['2024. március 3., vasárnap', '2024-03-03', 'hu'],
    ['2024 оны гуравдугаар сарын 3', '2024-03-03', 'mn'], ['2024. gada 3. maijs', '2024-05-03', 'lv'], ['3 במרץ', '2024-03-03', 'he'],
    ['listopad 3', '2023-11-03', 'pl'], ['listopad 3', '2023-10-03', 'hr'],
    ['31/07', '2023-07-31'], ['15-2', '2024-02-15'], ['١٥-٢', '2024-02-15'], ['3.3.2024', '2024-03-03'], ['2024-03-03', '2024-03-03'], ['03/15/2024', '2024-03-15'], ['ngày 3/3', '2024-03-03', 'vi'],
    ['3月3日', '2024-03-03'], ['３月３日', '2024-03-03'], ['2024年3月3日', '2024-03-03'], ['三月三日', '2024-03-03'], ['五月二十日', '2023-05-20'], ['十二月三十一日', '2023-12-31'], ['3월 3일', '2024-03-03'],
    ['27日', '2024-02-27'], ['２日', '2024-03-02'], ['28.', '2024-02-28'],
    ['23 มี.ค. 2567', '2024-03-23', 'th'], ['३ मार्च', '2024-03-03', 'hi'], ['तीन मार्च', '2024-03-03', 'hi'], ['یکم ستمبر', '2023-09-01', 'ur'],
    // Solar Hijri, Hijri (Umm al-Qura), Ethiopian, Bikram Sambat; two calendars in one
    ['۱۳ اسفند ۱۴۰۲', '2024-03-03', 'fa'], ['11 مهر 1393', '2014-10-03', 'fa'], ['۱۳ حوت ۱۴۰۲', '2024-03-03', 'fa'], ['21 شعبان 1445', '2024-03-02', 'ar'], ['10 رمضان', '2023-04-01', 'ar'],
    ['የካቲት 24 2016', '2024-03-03', 'am'], ['फागुन २०', '2024-03-03', 'ne'], ['२० फागुन २०८०', '2024-03-03', 'ne'], ['चैत ५', '2023-03-19', 'ne'], ['वैशाख १, २०८१', '2024-04-13', 'ne'],
    ['جمعه، 3 اکتبر 2014 میلادی برابر با 11 مهر 1393 هجری خورشیدی', '2014-10-03', 'fa'], ['21 شعبان 1445 هـ الموافق 2 مارس 2024 م', '2024-03-02', 'ar'],
  ];
  for (const [text, iso, language] of forms) it(`${text} → ${iso}`, () => expect(read(text, language)).toBe(iso));

  it('gives no date that does not exist, and none without a year where nothing is near', () => {
    expect(read('31 April 2024')).toBeNull();
    expect(isoDate({ year: null, month: 3, day: 3, calendar: 'gregory' }, undefined)).toBeNull();
  });

  it('takes the last such day up to a week after the page', () => {
    expect(read('March 11')).toBe('2024-03-11');
    expect(read('March 13')).toBe('2023-03-13');
    expect(read('29 February', 'en', '2023-05-01')).toBe('2020-02-29');
    expect(read('31日', 'ja', '2024-03-05')).toBe('2024-01-31');
  });

  it('mends one wrong letter only where asked', () => {
    expect(dateAt('Macrh 31', 0, 'en', true)?.parts).toMatchObject({ month: 3, day: 31 });
    expect(dateAt('Macrh 31', 0, 'en')).toBeNull();
  });

  for (const text of ['14:05', '3-0', 'May day', 'March on', '45 March', '3.5 percent', '2024', 'Second 3']) {
    it(`reads no date in “${text}”`, () => expect(dateAt(text, 0, 'en')?.parts.month ?? null).toBeNull());
  }
});
