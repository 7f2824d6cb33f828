/**
 * The Equal Earth projection (B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", IJGIS 33:3, 2019): areas are
 * true to each other, and land looks as people know it. Its polynomial's figures are those of the paper.
 */
const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];
const M = Math.sqrt(3) / 2;
const RADIANS = Math.PI / 180;

/** Half the width and half the height of the whole earth in the paper's units: its points 180° E and 90° N. */
const HALF_WIDTH = Math.PI / (M * A1);
const HALF_HEIGHT = northing(Math.asin(M));

/** Width of the map in its own units; the earth fills it. */
export const MAP_WIDTH = 1000;
export const MAP_HEIGHT = (MAP_WIDTH * HALF_HEIGHT) / HALF_WIDTH;

function northing(theta: number): number {
  const square = theta * theta;
  const sixth = square * square * square;
  return theta * (A1 + A2 * square + sixth * (A3 + A4 * square));
}

/** A point of the earth, in degrees, as x (to the right) and y (downwards) of the map. */
export function project(longitude: number, latitude: number): readonly [number, number] {
  const theta = Math.asin(M * Math.sin(latitude * RADIANS));
  const square = theta * theta;
  const sixth = square * square * square;
  const easting = (longitude * RADIANS * Math.cos(theta)) / (M * (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)));
  return [MAP_WIDTH * (0.5 + easting / (2 * HALF_WIDTH)), MAP_HEIGHT * (0.5 - northing(theta) / (2 * HALF_HEIGHT))];
}
