// Great circles in the world frame: an azimuthal equidistant plane is a sphere in polar
// coordinates, so no projection is needed here.

const RADIUS_KM = 6371;

/** @typedef {{x: number, y: number}} Point kilometres from the centre of the frame */

/** @param {Point} point @returns {[number, number, number]} unit vector */
function toVector({ x, y }) {
  const distance = Math.hypot(x, y);
  if (!distance) return [0, 0, 1];
  const sine = Math.sin(distance / RADIUS_KM) / distance;
  return [x * sine, y * sine, Math.cos(distance / RADIUS_KM)];
}

/** @param {number[]} vector @returns {Point} */
function toPoint([x, y, z]) {
  const sine = Math.hypot(x, y);
  const distance = Math.atan2(sine, z) * RADIUS_KM;
  return sine ? { x: (x / sine) * distance, y: (y / sine) * distance } : { x: 0, y: 0 };
}

/**
 * Points on the great circle between two points of the frame.
 * @param {Point} start @param {Point} end @param {number} segments
 * @returns {Point[]} segments + 1 points, both ends among them
 */
export function greatCircle(start, end, segments) {
  const [a, b] = [toVector(start), toVector(end)];
  const angle = Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
  if (angle < 1e-6) return [start, end];
  const between = Array.from({ length: segments - 1 }, (_, i) => {
    const share = (i + 1) / segments;
    const [p, q] = [Math.sin((1 - share) * angle), Math.sin(share * angle)];
    return toPoint(a.map((value, axis) => value * p + b[axis] * q));
  });
  return [start, ...between, end];
}
