// Fetches what is drawn once: borders, land, names and the places of partners.

/** @typedef {{x: number, y: number}} Point kilometres, y to the north */

/** @type {Map<string, Promise<FrameGeometry>>} */
const fetched = new Map();

/**
 * Fetch one frame of one vintage; later calls return the same promise.
 * @param {string} vintage
 * @param {string} frame
 * @returns {Promise<FrameGeometry>}
 */
export function loadFrame(vintage, frame) {
  const name = `${vintage}_${frame}`;
  if (!/^\d{4}_(region|world)$/.test(name)) return Promise.reject(new Error(`no frame ${name}`));
  if (!fetched.has(name)) {
    const url = new URL(`./geometry/${name}.json`, import.meta.url);
    const geometry = fetch(url).then(async (answer) => {
      if (!answer.ok) throw new Error(`boundaries ${name}: HTTP ${answer.status}`);
      return new FrameGeometry(await answer.json());
    });
    geometry.catch(() => fetched.delete(name));
    fetched.set(name, geometry);
  }
  return fetched.get(name);
}

/** Boundaries of one vintage, projected into one frame. */
export class FrameGeometry {
  /** @param {object} drawn content of a file of `geometry/` */
  constructor(drawn) {
    this.drawn = drawn;
    this.step = drawn.step_km;
    this.partners = drawn.partners;
    this.rim = drawn.rim_km;
    this.source = drawn.source;
    this.backwards = drawn.arcs.map(reversed);
    this.whole = this.measure(drawn.arcs.keys());
    this.sorted = {};
  }

  /** @param {string} level @returns {string[]} adcodes in ascending order */
  adcodes(level) {
    this.sorted[level] ??= Object.keys(this.drawn.shapes[level]).sort();
    return this.sorted[level];
  }

  /** @param {string} id unit of any level @returns {object|null} extent in kilometres */
  box(id) {
    const shapes = Object.values(this.drawn.shapes).find((units) => Object.hasOwn(units, id));
    return shapes ? this.measure(shapes[id].flat(2).map((arc) => (arc < 0 ? ~arc : arc))) : null;
  }

  /** @param {string} id @returns {{en: string, zh: string, shortEn: string, shortZh: string}} */
  names(id) {
    const [en, zh, shortEn, shortZh] = this.drawn.units[id] ?? ["", "", "", ""];
    return { en, zh, shortEn, shortZh };
  }

  /** @param {string} id adcode or "circle" @returns {Point|null} */
  place(id) {
    const steps = id === "circle" ? this.drawn.circle : this.drawn.units[id]?.slice(4);
    return steps ? { x: steps[0] * this.step, y: steps[1] * this.step } : null;
  }

  /** @param {string} code @returns {Point|null} */
  partner(code) {
    const partner = Object.hasOwn(this.partners, code) ? this.partners[code] : null;
    return partner ? { x: partner.xy[0], y: partner.xy[1] } : null;
  }

  /** Outline of a unit, in steps with y downwards. @returns {string} an SVG path */
  outline(level, adcode) {
    const polygons = this.drawn.shapes[level][adcode];
    return polygons.flatMap((rings) => rings.map((arcs) => this.ring(arcs))).join("");
  }

  /** Borders of a level, each once. @returns {string} an SVG path */
  borders(level) {
    const arcs = new Set();
    for (const polygons of Object.values(this.drawn.shapes[level])) {
      for (const arc of polygons.flat(2)) arcs.add(arc < 0 ? ~arc : arc);
    }
    return [...arcs].map((arc) => `M${moves(this.drawn.arcs[arc])}`).join("");
  }

  /** Land, in steps of its own. @returns {string} an SVG path */
  land() {
    return this.drawn.land.map((ring) => `M${moves(ring)}z`).join("");
  }

  /** Extent of the region. @returns {{left: number, bottom: number, right: number, top: number}} */
  extent() {
    return this.whole;
  }

  /** @param {Iterable<number>} numbers of arcs */
  measure(numbers) {
    let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const number of numbers) {
      const arc = this.drawn.arcs[number];
      for (let i = 0, x = 0, y = 0; i < arc.length; i += 2) {
        x += arc[i];
        y += arc[i + 1];
        left = Math.min(left, x);
        right = Math.max(right, x);
        bottom = Math.min(bottom, y);
        top = Math.max(top, y);
      }
    }
    const s = this.step;
    return { left: left * s, bottom: bottom * s, right: right * s, top: top * s };
  }

  ring(arcs) {
    const parts = arcs.map((arc) => (arc < 0 ? this.backwards[~arc] : this.drawn.arcs[arc]));
    return `M${moves(parts[0])}${parts.slice(1).map((arc) => `l${moves(arc, 2)}`).join("")}z`;
  }
}

/** @param {number[]} arc first point, then steps @returns {number[]} the same from its end */
function reversed(arc) {
  let [x, y] = [0, 0];
  const steps = [];
  for (let i = 0; i < arc.length; i += 2) {
    x += arc[i];
    y += arc[i + 1];
    if (i) steps.push(-arc[i + 1], -arc[i]);
  }
  return [x, y, ...steps.reverse()];
}

/** @param {number[]} arc @param {number} [from] @returns {string} SVG moves, y downwards */
function moves(arc, from = 0) {
  const words = [];
  for (let i = from; i < arc.length; i += 2) {
    if (i === 2 && from === 0) words.push("l");
    words.push(`${arc[i]} ${-arc[i + 1]}`);
  }
  return words.join(" ");
}
