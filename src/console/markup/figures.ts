const whole = new Intl.NumberFormat('en');

/** `12,345` */
export const number = (value: number): string => whole.format(value);

/** `1 item`, `12,345 items` */
export const counted = (count: number, noun: string, plural = `${noun}s`): string => `${whole.format(count)} ${count === 1 ? noun : plural}`;
