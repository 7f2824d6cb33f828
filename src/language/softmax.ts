/** Probabilities of scores in nats, at a temperature; in place would lose the scores, so a new array. */
export function softmax(nats: ArrayLike<number>, temperature: number): Float64Array {
  const shares = new Float64Array(nats.length);
  let highest = -Infinity;
  for (let index = 0; index < nats.length; index++) highest = Math.max(highest, nats[index] ?? 0);
  let sum = 0;
  for (let index = 0; index < nats.length; index++) {
    const share = Math.exp(((nats[index] ?? 0) - highest) / temperature);
    shares[index] = share;
    sum += share;
  }
  for (let index = 0; index < nats.length; index++) shares[index] = (shares[index] ?? 0) / sum;
  return shares;
}
