// Which records pass the filters that the map does not look at itself, one bit a record.

/** @typedef {{ids: string[], cells: (number|number[])[]}} Facet values, and what each record has */

/**
 * @param {Record<string, Facet>} facets
 * @param {Record<string, string[]>} asked values asked for; nothing asks for all
 * @param {string} base one bit a record, in base 64: who passes everything else; empty for all
 * @returns {string} the same, after the facets
 */
export function allowedOf(facets, asked, base) {
  const tests = [];
  for (const [field, { ids, cells }] of Object.entries(facets)) {
    if (!asked[field].length) continue;
    const spots = new Set(asked[field].map((id) => ids.indexOf(id)));
    const has = (cell) => (Array.isArray(cell) ? cell.some((spot) => spots.has(spot)) : spots.has(cell));
    tests.push((i) => has(cells[i]));
  }
  const count = Object.values(facets)[0].cells.length;
  const before = base ? atob(base) : "";
  let isAll = true;
  const bytes = new Uint8Array(Math.ceil(count / 8));
  for (let i = 0; i < count; i += 1) {
    const bit = 128 >> (i & 7);
    const isBase = !base || Boolean(before.charCodeAt(i >> 3) & bit);
    if (isBase && tests.every((test) => test(i))) bytes[i >> 3] |= bit;
    else isAll = false;
  }
  return isAll ? "" : btoa(String.fromCharCode(...bytes));
}
