// Maps of one group on a page follow each other's frame, zoom and centre.

/** @type {Map<string, Set<import("./map.js").LiveMap>>} */
const groups = new Map();

/** @param {import("./map.js").LiveMap} live @param {string} name empty for none */
export function join(live, name) {
  if (live.group === name) return;
  leave(live);
  live.group = name;
  if (!name) return;
  if (!groups.has(name)) groups.set(name, new Set());
  groups.get(name).add(live);
}

/** @param {import("./map.js").LiveMap} live */
export function leave(live) {
  groups.get(live.group)?.delete(live);
  live.group = "";
}

/** @param {import("./map.js").LiveMap} live @returns {import("./map.js").LiveMap[]} the others */
export function peers(live) {
  return [...(groups.get(live.group) ?? [])].filter((other) => other !== live && other.geometry);
}

/**
 * Bring the others to where this map is: while it moves they only slide, and draw when it rests.
 * @param {import("./map.js").LiveMap} live @param {boolean} isAtRest
 */
export function lead(live, isAtRest) {
  if (live.isLed || !live.group) return;
  for (const other of peers(live)) {
    if (other.shownFrame !== live.shownFrame) continue;
    other.isLed = true;
    if (isAtRest) other.map.setView(live.map.getCenter(), live.map.getZoom(), { animate: false });
    else if (other.map.getZoom() === live.map.getZoom()) slide(other.map, live.map.getCenter());
    other.isLed = false;
  }
}

function slide(map, centre) {
  map._rawPanBy(map.latLngToContainerPoint(centre).subtract(map.getSize().divideBy(2)).round());
  map.fire("move");
}
