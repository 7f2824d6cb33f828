export type SlotKind = 'place' | 'date' | 'agency' | 'reporter';

/** A piece of a dateline as written: one of its slots, or what stands between them. */
export interface SlotPiece {
  readonly text: string;
  readonly slot: { readonly kind: SlotKind; /** As understood. */ readonly meaning: string } | null;
}

/** What of a dateline is shown: a record's fits, and so does a parsed one. */
interface Dateline {
  readonly raw: string;
  readonly places: readonly { readonly name: string; readonly admin?: string | undefined; readonly englishName?: string | undefined; readonly countryCode?: string | undefined }[];
  readonly date: { readonly raw: string; readonly iso: string | null } | null;
  readonly agency: { readonly id: string | null; readonly raw: string } | null;
  readonly reporter: string | null;
}

/** The dateline as it was written, its slots told apart. Each slot is looked for once; one that is not there as written is left out. */
export function datelineSlots({ raw, places, date, agency, reporter }: Dateline): readonly SlotPiece[] {
  const slots: { readonly at: number; readonly text: string; readonly kind: SlotKind; readonly meaning: string }[] = [];
  const mark = (text: string | null | undefined, kind: SlotKind, meaning: string): void => {
    if (text === null || text === undefined || text === '') return;
    for (let at = raw.indexOf(text); at >= 0; at = raw.indexOf(text, at + 1)) {
      const free = slots.every((slot) => at + text.length <= slot.at || at >= slot.at + slot.text.length);
      if (!free) continue;
      slots.push({ at, text, kind, meaning });
      return;
    }
  };
  mark(date?.raw, 'date', date?.iso ?? 'not understood');
  mark(agency?.raw, 'agency', agency?.id ?? 'not known');
  mark(reporter, 'reporter', reporter ?? '');
  for (const place of places) mark(place.name, 'place', [place.englishName ?? place.name, place.admin, place.countryCode].filter((part) => part !== undefined).join(', '));
  const pieces: SlotPiece[] = [];
  let from = 0;
  for (const { at, text, kind, meaning } of slots.sort((left, right) => left.at - right.at)) {
    if (at > from) pieces.push({ text: raw.slice(from, at), slot: null });
    pieces.push({ text, slot: { kind, meaning } });
    from = at + text.length;
  }
  if (from < raw.length) pieces.push({ text: raw.slice(from), slot: null });
  return pieces;
}
