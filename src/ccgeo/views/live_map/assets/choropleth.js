// The districts: outlines drawn once as SVG, afterwards only classes change. Colours and lines
// are two drawings, so that a filter repaints the colours and leaves the lines alone.
import { ViewportLayer } from "./viewport_layer.js";

const SVG = "http://www.w3.org/2000/svg";
const HATCH_PX = 7;
const LEVELS = ["district", "prefecture", "province"];

/** A drawing in steps of the frame that one transform fits to the viewport. */
class Drawing extends ViewportLayer {
  /** @param {string} name @param {SVGElement[]} parts */
  constructor(name, parts) {
    super(node("svg", { class: `ccgeo-drawing ${name}`, "aria-hidden": "true" }), "overlayPane");
    this.content = node("g", {});
    this.content.append(...parts);
    this.element.append(this.content);
  }

  draw() {
    this.element.setAttribute("width", this.size.x);
    this.element.setAttribute("height", this.size.y);
    if (!this.geometry) return;
    this.steps = this.scale * this.geometry.step;
    const zero = this.toPixels({ x: 0, y: 0 });
    this.content.setAttribute("transform", `translate(${zero.x} ${zero.y}) scale(${this.steps})`);
  }

  /** @returns {boolean} whether there is something new to draw */
  take(geometry, level) {
    if (this.geometry === geometry && this.level === level) return false;
    Object.assign(this, { geometry, level });
    if (this._map) this.draw();
    return true;
  }
}

/** The colours. */
export class ChoroplethLayer extends Drawing {
  constructor() {
    const hatch = hatchPattern("ccgeo-hatch");
    const definitions = node("defs", {});
    definitions.append(hatch);
    // One pattern under all units shows through those without data: one fill, not a hundred.
    const parts = {
      world: node("g", { class: "ccgeo-world" }),
      ground: node("path", { class: "ccgeo-hatched" }),
      units: node("g", { class: "ccgeo-units" }),
    };
    super("ccgeo-choropleth", [definitions, ...Object.values(parts)]);
    Object.assign(this, parts, { hatch });
    /** @type {Map<string, SVGElement>} */
    this.paths = new Map();
  }

  draw() {
    super.draw();
    if (this.steps) this.hatch.setAttribute("patternTransform", `scale(${1 / this.steps})`);
  }

  /** Draw the outlines of a level; nothing happens when they are drawn already. */
  setGeometry(geometry, level) {
    const before = this.geometry;
    if (!this.take(geometry, level)) return;
    if (before !== geometry) {
      this.world.replaceChildren(...worldNodes(geometry));
      const provinces = geometry.adcodes("province").map((id) => geometry.outline("province", id));
      this.ground.setAttribute("d", provinces.join(""));
      this.levels = {};
    }
    this.levels[level] ??= unitPaths(geometry, level);
    this.paths = this.levels[level];
    this.units.replaceChildren(...this.paths.values());
  }

  /** @param {string} classes one character a unit: its class in base 36, "-" for no data */
  setClasses(classes) {
    let i = 0;
    for (const path of this.paths.values()) {
      const mark = classes[i++] ?? "-";
      const name = mark === "-" ? "none" : `c${parseInt(mark, 36)}`;
      if (path.getAttribute("class") !== name) path.setAttribute("class", name);
    }
  }
}

/** @returns {Map<string, SVGElement>} outline of each unit of a level */
function unitPaths(geometry, level) {
  const drawn = (id) => node("path", { d: geometry.outline(level, id), "data-id": id });
  return new Map(geometry.adcodes(level).map((id) => [id, drawn(id)]));
}

/** The lines over the colours, and what is marked. */
export class BorderLayer extends Drawing {
  constructor() {
    const borders = node("g", { class: "ccgeo-borders" });
    const marks = node("g", { class: "ccgeo-marks" });
    super("ccgeo-lines", [borders, marks]);
    Object.assign(this, { borders, marks });
    this.marked = new Map();
  }

  /** Draw the borders of a level and of those above it, each line once. */
  setGeometry(geometry, level) {
    if (!this.take(geometry, level)) return;
    if (this.linesOf !== geometry) this.lines = {};
    this.linesOf = geometry;
    const drawn = LEVELS.slice(LEVELS.indexOf(level));
    for (const each of drawn) {
      this.lines[each] ??= node("path", { d: geometry.borders(each), class: each });
    }
    this.borders.replaceChildren(...drawn.map((each) => this.lines[each]));
    this.marked.clear();
    this.marks.replaceChildren();
  }

  /** Outline a unit of any level. @param {"hover"|"selected"|"focus"} role @param {string} id */
  mark(role, id) {
    const before = this.marked.get(role);
    if ((before?.id ?? "") === id) return;
    before?.path.remove();
    this.marked.delete(role);
    const level = LEVELS.find((each) => Object.hasOwn(this.geometry.drawn.shapes[each], id));
    if (!level) return;
    const path = node("path", { d: this.geometry.outline(level, id), class: role });
    this.marked.set(role, { id, path });
    this.marks.append(path);
  }
}

/** @param {string} id @returns {SVGElement} the pattern of units without data */
export function hatchPattern(id) {
  const size = { width: HATCH_PX, height: HATCH_PX };
  const pattern = node("pattern", { id, patternUnits: "userSpaceOnUse", ...size });
  pattern.append(
    node("rect", { ...size, class: "hatch-ground" }),
    node("path", { d: "M-1 1l2-2M0 7l7-7M6 8l2-2", class: "hatch-line" }),
  );
  return pattern;
}

/** @param {import("./geometry.js").FrameGeometry} geometry @returns {SVGElement[]} */
function worldNodes(geometry) {
  if (!geometry.rim) return [];
  const circle = (km, name) => node("circle", { r: km / geometry.step, class: name });
  const scale = geometry.drawn.land_step_km / geometry.step;
  return [
    circle(geometry.rim, "sea"),
    node("path", { d: geometry.land(), class: "land", transform: `scale(${scale})` }),
    ...[5000, 10000, 15000].map((km) => circle(km, "ring")),
    circle(geometry.rim, "rim"),
  ];
}

/** @param {string} name @param {object} attributes @returns {SVGElement} */
export function node(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
