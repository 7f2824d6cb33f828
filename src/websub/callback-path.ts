/** Where the console serves what hubs ask. */
export const CALLBACK_PATH = '/websub';
