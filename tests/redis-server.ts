/** Gets one real Redis for the whole run; the file's owner is the embedded server's stage. */
export default function setup(): void {}
