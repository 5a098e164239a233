// Colours of sectors: eight that the eye keeps apart, also colour-blind; the rest is one grey.

const COLOURS = {
  automotive: "#0072b2",
  electronics: "#e69f00",
  new_energy: "#009e73",
  food_agri: "#cc79a7",
  culture_urban: "#56b4e9",
  logistics_trade: "#d55e00",
  energy_chem: "#8a5a2b",
  new_materials: "#7b3fa0",
};
const OTHER = "#8a8f98";
const SEVERAL = { day: "#3d4148", night: "#d3d6db" };

/** @param {string|null} sector id; null for lines of more than one @param {boolean} isNight */
export function sectorColour(sector, isNight) {
  if (!sector || sector === "several") return SEVERAL[isNight ? "night" : "day"];
  return COLOURS[sector] ?? OTHER;
}

/** @returns {boolean} whether a sector has a colour of its own */
export function hasColour(sector) {
  return Object.hasOwn(COLOURS, sector);
}
