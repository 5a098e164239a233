// The outline around the members of a bloc: it stands for all of them and divides nothing.

const PAD_PX = 9;
const TURNS = 12;

/** @typedef {{x: number, y: number}} Point pixels */

/** @param {Point[]} points @returns {Point[]} a round-cornered outline some pixels around them */
export function outlineOf(points) {
  const around = Array.from({ length: TURNS }, (_, i) => (2 * Math.PI * i) / TURNS);
  const padded = points.flatMap(({ x, y }) =>
    around.map((turn) => ({ x: x + PAD_PX * Math.cos(turn), y: y + PAD_PX * Math.sin(turn) })),
  );
  return hullOf(padded);
}

/** The convex hull, by Andrew's monotone chain. @param {Point[]} points @returns {Point[]} */
function hullOf(points) {
  const sorted = [...points].sort((one, other) => one.x - other.x || one.y - other.y);
  return [...half(sorted), ...half(sorted.reverse())];
}

function half(points) {
  const kept = [];
  for (const point of points) {
    while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], point) <= 0) kept.pop();
    kept.push(point);
  }
  return kept.slice(0, -1);
}

function turn(a, b, c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** @param {Point[]} outline convex @param {Point} point @returns {boolean} */
export function isWithin(outline, point) {
  return outline.every((corner, i) => turn(corner, outline[(i + 1) % outline.length], point) >= 0);
}

/** @param {Point[]} line @param {Point[]} outline convex @returns {Point[]} what is outside of it */
export function outsideOf(line, outline) {
  const first = line.findIndex((point) => !isWithin(outline, point));
  if (first <= 0) return line;
  let [inside, outside] = [line[first - 1], line[first]];
  for (let step = 0; step < 8; step += 1) {
    const middle = { x: (inside.x + outside.x) / 2, y: (inside.y + outside.y) / 2 };
    if (isWithin(outline, middle)) inside = middle;
    else outside = middle;
  }
  return [outside, ...line.slice(first)];
}
