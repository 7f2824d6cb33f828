import { holdPromises } from './promises.js';

holdPromises('intake.md', 25);
