import { holdPromises } from './promises.js';

holdPromises('language.md', 20);
