/** Words that say of the time behind them that the text was changed then. One row a language; begin a label, as in "Updated: …". */
export const CHANGED_LABELS: Readonly<Record<string, readonly string[]>> = {
  en: ['updated', 'last updated', 'modified', 'last modified', 'last changed'], de: ['aktualisiert', 'zuletzt aktualisiert', 'letzte aktualisierung', 'geändert'],
  nl: ['bijgewerkt', 'laatst bijgewerkt'], fr: ['mis à jour', 'modifié', 'mise à jour'], es: ['actualizado', 'actualizada', 'última actualización'],
  pt: ['atualizado', 'atualizada', 'actualizado'], it: ['aggiornato', 'ultimo aggiornamento'], pl: ['aktualizacja', 'ostatnia aktualizacja'], cs: ['aktualizováno'],
  sv: ['uppdaterad', 'uppdaterat'], da: ['opdateret'], no: ['oppdatert'], fi: ['päivitetty'], ru: ['обновлено', 'изменено'], uk: ['оновлено'],
  el: ['ενημερώθηκε', 'τελευταία ενημέρωση', 'τελευταία τροποποίηση'], tr: ['güncelleme', 'son güncelleme', 'güncellendi'], ar: ['آخر تحديث', 'تم التحديث', 'تحديث'],
  fa: ['به روزرسانی', 'آخرین به روزرسانی'], he: ['עודכן', 'עדכון אחרון'], hi: ['अपडेट', 'अद्यतन'], id: ['diperbarui'], vi: ['cập nhật'],
  ja: ['更新日', '最終更新', '更新'], ko: ['수정', '최종수정'], zh: ['更新时间', '更新時間', '更新于', '更新於'],
};

const escape = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const WORDS = Object.values(CHANGED_LABELS).flat().toSorted((left, right) => right.length - left.length);
const CHANGED = new RegExp(`(?<![\\p{L}\\p{M}])(?:${WORDS.map(escape).join('|')})(?![\\p{Ll}\\p{M}])`, 'iu');

/** Marks between a label and its time. */
const AROUND = /^[\s:：.,–—-]+|[\s:：,;|([（·•–—-]+$/gu;

/** What a line says of times, parted where a word for a change stands: "Published 5 March, updated 6 March". */
export function partedTimes(line: string): { readonly plain: string; readonly changed: string | null } {
  const found = CHANGED.exec(line);
  if (found === null) return { plain: line, changed: null };
  return { plain: line.slice(0, found.index).replace(AROUND, ''), changed: line.slice(found.index + found[0].length).replace(AROUND, '') };
}
