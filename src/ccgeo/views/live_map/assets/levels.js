// Levels of units, told by their adcodes: GB/T 2260 writes a level in the number of its zeros.

const MUNICIPALITY = "500000";

export const LEVELS = ["district", "prefecture", "province"];

/** @param {string} id adcode @returns {string} Chongqing, a province of one prefecture, is both */
export function levelOf(id) {
  if (id.endsWith("0000")) return "province";
  return id.endsWith("00") ? "prefecture" : "district";
}

/** @returns {boolean} whether a unit has units of a level inside it */
export function isCoarser(id, level) {
  return Boolean(id) && id !== "circle" && LEVELS.indexOf(levelOf(id)) > LEVELS.indexOf(level);
}

/** @returns {string} level of the parts of a unit: a municipality has none between */
export function levelInside(id) {
  return levelOf(id) === "province" && id !== MUNICIPALITY ? "prefecture" : "district";
}

/** @param {string} id adcode @returns {string[]} the units around it, widest first, then itself */
export function ladder(id) {
  const province = `${id.slice(0, 2)}0000`;
  const prefecture = `${id.slice(0, 4)}00`;
  const isMunicipal = province === MUNICIPALITY;
  return [...new Set([province, ...(isMunicipal ? [] : [prefecture]), id])];
}
