// Adds up records in the browser: whole numbers only, the same as on the server.

const [ENTRIES, PROJECTS, PROJECTS_STATED, FEN, AMOUNT_STATED] = [0, 1, 2, 3, 4];
const LEVELS = ["district", "prefecture", "province"];
const UNDATED = 0;
const FEN_PER_YUAN = 100;
const YUAN_PER_WAN = 10_000;
const [WIDEST_PX, THINNEST_PX, MOST_PX] = [10, 1, 15];

/** @typedef {import("./types.js").Cube} Cube */
/** @typedef {import("./types.js").Asked} Asked */

/** Read what Python packed: JSON, deflated, in base 64. @param {string} text */
export async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

/** @param {object} cube without units @param {object} units of one vintage @returns {Cube} */
export function joined(cube, units) {
  const { fen } = cube.cells;
  // Amounts that a number cannot hold whole travel as text.
  const isLarge = typeof fen[0] === "string";
  const cells = { ...cube.cells, ...units.cells, fen: isLarge ? fen.map(BigInt) : fen };
  return { ...cube, areas: units.areas, cells };
}

/**
 * Look at each record, or group of them, once.
 * @param {Cube} cube @param {Asked} asked
 * @returns {{rows: number[], years: Map<number, number[]>, sectors: Map<string, number>}}
 *   records asked for; sums of each year whatever years are asked for; number of records of each
 *   sector whatever sectors are asked for
 */
export function choose(cube, asked) {
  const { sector, stage, year, date_kind: kind } = cube.cells;
  const isAllowed = bitsOf(asked.allowed);
  const [inSectors, inStages] = [among(cube.sectors.map(([id]) => id), asked.sectors),
    among(cube.stages, asked.stages)];
  const kinds = asked.date_kind === "any" ? null : cube.date_kinds.indexOf(asked.date_kind);
  const [first, last] = asked.years.length ? asked.years : [-Infinity, Infinity];
  const [rows, years, sectors] = [[], new Map(), new Map()];
  for (let i = 0; i < sector.length; i += 1) {
    if (!isAllowed(i) || !inStages(stage?.[i])) continue;
    const when = kinds === null || kind[i] === kinds ? year[i] : UNDATED;
    const isInTime = when === UNDATED ? asked.undated : when >= first && when <= last;
    const isOfSector = inSectors(sector[i]);
    if (isOfSector) addTo(years, when, cube.cells, i);
    if (!isInTime) continue;
    const name = cube.sectors[sector[i]]?.[0];
    sectors.set(name, (sectors.get(name) ?? 0) + entriesOf(cube.cells, i));
    if (isOfSector) rows.push(i);
  }
  return { rows, years, sectors };
}

/** @returns {Map<number, number[]>} sums by the position of the unit */
export function sumUnits({ cells }, rows, level) {
  const sums = new Map();
  for (const i of rows) if (cells[level][i] >= 0) addTo(sums, cells[level][i], cells, i);
  return sums;
}

/**
 * Sums of each line, by partner, place and way, joined by commas; with the sector that its
 * records share, or null.
 * @param {(level: string) => string[]} adcodesOf units of a level in ascending order
 * @returns {Map<string, number[] & {sector: number|null}>}
 */
export function sumLines({ cells }, rows, level, adcodesOf) {
  const ladder = LEVELS.slice(LEVELS.indexOf(level)).map((each) => [cells[each], adcodesOf(each)]);
  const sums = new Map();
  for (const i of rows) {
    if (cells.partner[i] < 0) continue;
    const known = ladder.find(([spots]) => spots[i] >= 0);
    const place = known ? known[1][known[0][i]] : cells.circle[i] ? "circle" : "";
    if (!place) continue;
    const key = `${cells.partner[i]},${place},${cells.outbound[i]}`;
    const isNew = !sums.has(key);
    const sum = addTo(sums, key, cells, i);
    sum.sector = isNew || sum.sector === cells.sector[i] ? cells.sector[i] : null;
  }
  return sums;
}

/**
 * Say a question as Python would answer it.
 * @param {import("./types.js").Payload} payload what Python sent last
 * @param {Cube} cube @param {Asked} asked
 * @param {(level: string) => string[]} adcodesOf
 * @returns {import("./types.js").Payload}
 */
export function answerOf(payload, cube, asked, adcodesOf) {
  const { level, measure, legend, lines } = payload;
  const chosen = choose(cube, asked);
  const sums = sumUnits(cube, chosen.rows, level);
  const counts = legend.classes.map(() => 0);
  const told = { classes: "", values: [], records: [], projects: [] };
  cube.areas[level].forEach((area, spot) => {
    const sum = sums.get(spot);
    const value = sum && asked.bins.length ? valueOf(sum, measure, area) : null;
    if (value === null) {
      told.classes += "-";
      return;
    }
    const index = classOf(value, asked.bins);
    counts[index] += 1;
    told.classes += index.toString(36);
    told.values.push(measure === "projects" ? value : value / YUAN_PER_WAN);
    told.records.push(sum[ENTRIES]);
    told.projects.push(sum[PROJECTS]);
  });
  const classes = legend.classes.map(([label], i) => [label, counts[i]]);
  const noData = cube.areas[level].length - told.values.length;
  return {
    ...payload,
    ...told,
    asked,
    legend: { ...legend, classes, no_data: noData },
    flows: cube.cells.partner
      ? { partners: cube.partners, ...linesOf(sumLines(cube, chosen.rows, level, adcodesOf), asked.top, lines) }
      : { partners: [], places: [], rows: [], isLater: true },
    years: chosen.years,
    sectors: chosen.sectors,
  };
}

/** @returns {import("./types.js").FlowData} the lines asked for, largest first */
function linesOf(all, top, { ways, most }) {
  const wanted = [];
  for (const [key, sum] of all) {
    const [partner, place, outbound] = key.split(",");
    if (ways !== "between" && (ways === "outbound") !== (outbound === "1")) continue;
    wanted.push({ partner: Number(partner), place, outbound: Number(outbound), sum });
  }
  wanted.sort(byAmount);
  const kept = most === "all" ? wanted : wanted.slice(0, Number(most));
  const places = [...new Set(kept.map(({ place }) => place))];
  const rows = kept.map(({ partner, place, outbound, sum }) => {
    const yuan = yuanOf(sum);
    const share = top ? Math.sqrt(Math.max(yuan, 0) / top) : 0;
    const width = Math.min(MOST_PX, Math.max(THINNEST_PX, WIDEST_PX * share));
    const [wan, sector] = [yuan / YUAN_PER_WAN, sum.sector];
    return [partner, places.indexOf(place), outbound, sum[ENTRIES], sum[PROJECTS], wan, width, sector];
  });
  const rest = wanted.slice(kept.length);
  const fen = rest.reduce((total, { sum }) => total + sum[FEN], 0);
  return { places, rows, rest: [rest.length, fen / FEN_PER_YUAN / YUAN_PER_WAN] };
}

/** Largest first; ends decide between equals. */
function byAmount(one, other) {
  return (
    other.sum[FEN] - one.sum[FEN] || one.partner - other.partner ||
    (one.place < other.place ? -1 : one.place > other.place ? 1 : one.outbound - other.outbound)
  );
}

function addTo(sums, key, cells, i) {
  let sum = sums.get(key);
  if (!sum) sums.set(key, (sum = [0, 0, 0, typeof cells.fen[i] === "bigint" ? 0n : 0, 0]));
  sum[ENTRIES] += entriesOf(cells, i);
  sum[PROJECTS] += cells.projects[i];
  sum[PROJECTS_STATED] += cells.projects_stated[i];
  sum[FEN] += cells.fen[i];
  sum[AMOUNT_STATED] += cells.amount_stated[i];
  return sum;
}

/** @returns {number} a record counts once, a group tells how many it holds */
function entriesOf(cells, i) {
  return cells.entries ? cells.entries[i] : 1;
}

/** @returns {number} the nearest number to a whole sum of fen, divided once: as Python does */
function yuanOf(sums) {
  return Number(sums[FEN]) / FEN_PER_YUAN;
}

/** @returns {(i: number) => boolean} one bit a record, the first of each byte is its highest */
function bitsOf(text) {
  if (!text) return () => true;
  const bytes = atob(text);
  return (i) => Boolean((bytes.charCodeAt(i >> 3) >> (7 - (i & 7))) & 1);
}

/** @returns {(spot: number) => boolean} whether a position was asked for; nothing asks for all */
function among(ids, wanted) {
  if (!wanted.length) return () => true;
  const spots = new Set(wanted.map((id) => ids.indexOf(id)));
  return (spot) => spot >= 0 && spots.has(spot);
}

/** @returns {number|null} in the unit of the measure; null for no data, which is never zero */
function valueOf(sums, measure, area) {
  if (measure === "projects") return sums[PROJECTS_STATED] ? sums[PROJECTS] : null;
  if (!sums[AMOUNT_STATED]) return null;
  const yuan = yuanOf(sums);
  return measure === "amount_per_km2" ? yuan / area : yuan;
}

/** @returns {number} class of a value; what lies above the last limit belongs to the last */
function classOf(value, bins) {
  const found = bins.findIndex((limit) => value <= limit);
  return found < 0 ? bins.length - 1 : found;
}

/** @param {number[]} sums @param {string} measure @returns {number} yuan or projects */
export function amountOf(sums, measure) {
  if (!sums) return 0;
  return measure === "projects" ? sums[PROJECTS] : yuanOf(sums);
}
