import { expect, test } from 'vitest';
import { counterTable, isVolatile } from '../../src/story/volatile-text.js';

test.each([
  ['en', 'Updated 5 min ago'], ['en', '3 hours ago'], ['de', 'vor 12 Minuten'], ['de', 'Aktualisiert vor 2 Stunden'], ['fr', 'il y a 3 heures'], ['es', 'hace 20 minutos'],
  ['ru', '5 минут назад'], ['ru', 'Обновлено 2 часа назад'], ['ar', 'قبل 5 دقائق'], ['fa', '۵ دقیقه پیش'], ['zh', '5分钟前'], ['ja', '3時間前'], ['ko', '10분 전'], ['tr', '5 dakika önce'], ['hi', '5 मिनट पहले'],
  ['ar', '3 hours ago'],
])('%s: %s is no news', (language, text) => {
  expect(isVolatile(text, language)).toBe(true);
});

test.each(Object.entries(counterTable).flatMap(([language, words]) => words.map((word) => [language, word] as const)))('%s: a figure and "%s" is no news', (language, word) => {
  expect(isVolatile(`1,204 ${word}`, language)).toBe(true);
  expect(isVolatile(`${word}: 88`, language)).toBe(true);
});

test.each([
  ['en', 'Five people were hurt when the tram left the rails 3 hours ago near the harbour.'], ['en', 'Brazil 2 Argentina 1'], ['en', '14 injured'], ['en', 'A day ago'],
  ['und', 'Updated 14.30'], ['zh', '大桥3小时前通车，市政府表示工程历时两年，三百人参加了工作'],
])('%s: %s tells more, or none', (language, text) => {
  expect(isVolatile(text, language)).toBe(false);
});
