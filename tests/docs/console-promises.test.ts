import { holdPromises } from './promises.js';

holdPromises('console.md', 40);
