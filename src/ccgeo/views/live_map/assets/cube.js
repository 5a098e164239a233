// Adds up a window of years in the browser: whole numbers only, the same as on the server.

const [ENTRIES, PROJECTS, PROJECTS_STATED, FEN, AMOUNT_STATED] = [0, 1, 2, 3, 4];
const UNDATED = 0;
const FEN_PER_YUAN = 100;
const YUAN_PER_WAN = 10_000;
const [WIDEST_PX, THINNEST_PX] = [10, 1];

/** @typedef {import("./types.js").Cube} Cube */

/**
 * Add up the rows of a window; what has no year is in every window.
 * @param {number[][]} rows the first `at` cells name the row, then its year, then the sums
 * @param {number} at where the year stands @param {number} first @param {number} last
 * @returns {Map<string, number[]>} sums by the cells before the year, joined by commas
 */
export function sumYears(rows, at, first, last) {
  const sums = new Map();
  for (const row of rows) {
    const year = row[at];
    if (year !== UNDATED && (year < first || year > last)) continue;
    const key = row.slice(0, at).join();
    const sum = sums.get(key);
    if (!sum) sums.set(key, row.slice(at + 1));
    else for (let i = 0; i < sum.length; i += 1) sum[i] += row[at + 1 + i];
  }
  return sums;
}

/** @returns {number|null} in the unit of the measure; null for no data, which is never zero */
function valueOf(sums, measure, area) {
  if (measure === "projects") return sums[PROJECTS_STATED] ? sums[PROJECTS] : null;
  if (!sums[AMOUNT_STATED]) return null;
  const yuan = sums[FEN] / FEN_PER_YUAN;
  return measure === "amount_per_km2" ? yuan / area : yuan;
}

/** @returns {number} class of a value; what lies above the last limit belongs to the last */
function classOf(value, bins) {
  const found = bins.findIndex((limit) => value <= limit);
  return found < 0 ? bins.length - 1 : found;
}

/**
 * Say a window of years as Python would.
 * @param {import("./types.js").Payload} payload what Python sent last
 * @param {Cube} cube @param {number} first @param {number} last
 * @returns {import("./types.js").Payload}
 */
export function windowOf(payload, cube, first, last) {
  const { measure, legend } = payload;
  const sums = sumYears(cube.units, 1, first, last);
  const counts = legend.classes.map(() => 0);
  const told = { classes: "", values: [], records: [], projects: [] };
  cube.areas.forEach((area, spot) => {
    const sum = sums.get(String(spot));
    const value = sum && cube.bins.length ? valueOf(sum, measure, area) : null;
    if (value === null) {
      told.classes += "-";
      return;
    }
    const index = classOf(value, cube.bins);
    counts[index] += 1;
    told.classes += index.toString(36);
    told.values.push(measure === "projects" ? value : value / YUAN_PER_WAN);
    told.records.push(sum[ENTRIES]);
    told.projects.push(sum[PROJECTS]);
  });
  const classes = legend.classes.map(([label], i) => [label, counts[i]]);
  const noData = cube.areas.length - told.values.length;
  return {
    ...payload,
    ...told,
    legend: { ...legend, classes, no_data: noData },
    flows: flowsOf(cube.flows, first, last),
  };
}

/** @returns {import("./types.js").FlowData} */
function flowsOf({ partners, places, rows, top }, first, last) {
  const lines = [];
  for (const [key, sum] of sumYears(rows, 3, first, last)) {
    const share = top ? Math.sqrt(Math.max(sum[FEN] / FEN_PER_YUAN, 0) / top) : 0;
    const width = Math.min(WIDEST_PX * 1.5, Math.max(THINNEST_PX, WIDEST_PX * share));
    const ends = key.split(",").map(Number);
    const wan = sum[FEN] / FEN_PER_YUAN / YUAN_PER_WAN;
    lines.push([...ends, sum[ENTRIES], sum[PROJECTS], wan, width]);
  }
  return { partners, places, rows: lines };
}
