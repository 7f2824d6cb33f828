import { holdPromises } from './promises.js';

holdPromises('reading.md', 20);
