/** A story record in the form that a sink sends, as one line of JSON. */
export function outgoing(_format: 'dateline' | 'ninjs', record: string): string {
  return record;
}
