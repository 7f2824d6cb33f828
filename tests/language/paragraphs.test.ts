import { describe, expect, it } from 'vitest';
import { detectParagraphs, languageOfParagraphs } from '../../src/language/index.js';

const danish = 'Regeringen vil sætte skatterne ned næste år, sagde finansministeren tirsdag efter et møde med partierne.';
const german = 'Die Regierung werde die Steuern im nächsten Jahr senken, sagte der Minister am Dienstag nach dem Treffen.';
const russian = 'Министр заявил во вторник, что правительство снизит налоги.';

describe('detectParagraphs', () => {
  it('answers each paragraph and the document', () => {
    const { language, paragraphs, tags } = detectParagraphs([danish, german, danish, danish]);
    expect(language.tag).toBe('da');
    expect(paragraphs.map(({ tag }) => tag)).toEqual(['da', 'de', 'da', 'da']);
    expect(tags).toEqual(['da', 'de']);
  });

  it('does not let a quotation flip the story', () => {
    const { language, tags } = detectParagraphs([danish, danish, danish, danish, danish, russian]);
    expect(language.tag).toBe('da');
    expect(tags).toEqual(['da']);
  });

  it('bears no paragraphs, empty ones, and very many', () => {
    expect(detectParagraphs([]).language.tag).toBe('und');
    expect(detectParagraphs(['', '1', '–']).language.tag).toBe('und');
    const many = detectParagraphs(Array.from({ length: 20_000 }, () => 'Hej.'));
    expect(many.paragraphs.length).toBeLessThanOrEqual(2_000);
  });
});

describe('languageOfParagraphs', () => {
  const speech = Array.from({ length: 16 }, () => german).join(' ');

  it('is not flipped by a long quotation at the head of a story, with or without a declaration', () => {
    expect(speech.length).toBeGreaterThan(1_500);
    const story = [speech, danish, danish, danish, danish, danish];
    expect(languageOfParagraphs(story).tag).toBe('da');
    expect(languageOfParagraphs(story, { declared: 'da' }).tag).toBe('da');
    expect(languageOfParagraphs(story, { declared: 'en' }).tag).toBe('da');
  });

  it('is what most of the story is in, whatever is declared', () => {
    expect(languageOfParagraphs([german, german, russian], { declared: 'da' }).tag).toBe('de');
    expect(languageOfParagraphs([russian], { declared: 'de' }).tag).toBe('ru');
    expect(languageOfParagraphs(['', german, '']).tag).toBe('de');
  });

  it('bears no paragraphs, empty ones, and very long ones', () => {
    expect(languageOfParagraphs([]).tag).toBe('und');
    expect(languageOfParagraphs(['', '–', '7']).tag).toBe('und');
    expect(languageOfParagraphs(Array.from({ length: 50_000 }, () => danish)).tag).toBe('da');
  });
});
