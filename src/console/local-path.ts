/** A path of the console itself, whatever was asked for: a redirect must not lead to another host. */
export const localPath = (path: string): string => (/^\/(?![/\\])[\x21-\x7e]*$/.test(path) ? path : '/');
