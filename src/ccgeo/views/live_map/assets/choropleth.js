// The districts: outlines drawn once as SVG, afterwards only classes change.
import { ViewportLayer } from "./viewport_layer.js";

const SVG = "http://www.w3.org/2000/svg";
const HATCH_PX = 7;
const LEVELS = ["district", "prefecture", "province"];

export class ChoroplethLayer extends ViewportLayer {
  constructor() {
    const svg = node("svg", { class: "ccgeo-choropleth", "aria-hidden": "true" });
    super(svg, "overlayPane");
    this.hatch = hatch();
    this.world = node("g", { class: "ccgeo-world" });
    this.units = node("g", { class: "ccgeo-units" });
    this.borders = node("g", { class: "ccgeo-borders" });
    this.marks = node("g", { class: "ccgeo-marks" });
    this.drawing = node("g", {});
    this.drawing.append(this.world, this.units, this.borders, this.marks);
    const definitions = node("defs", {});
    definitions.append(this.hatch);
    svg.append(definitions, this.drawing);
    /** @type {Map<string, SVGElement>} */
    this.paths = new Map();
    this.marked = new Map();
  }

  /** Fit the drawing to the viewport: one transform, whatever the number of districts. */
  draw() {
    this.element.setAttribute("width", this.size.x);
    this.element.setAttribute("height", this.size.y);
    if (!this.geometry) return;
    const scale = this.scale * this.geometry.step;
    const zero = this.toPixels({ x: 0, y: 0 });
    this.drawing.setAttribute("transform", `translate(${zero.x} ${zero.y}) scale(${scale})`);
    this.hatch.setAttribute("patternTransform", `scale(${1 / scale})`);
  }

  /** Draw the outlines of a level; nothing happens when they are drawn already. */
  setGeometry(geometry, level) {
    if (this.geometry === geometry && this.level === level) return;
    if (this.geometry !== geometry) this.world.replaceChildren(...worldNodes(geometry));
    Object.assign(this, { geometry, level });
    this.paths.clear();
    for (const id of geometry.adcodes(level)) {
      this.paths.set(id, node("path", { d: geometry.outline(level, id), "data-id": id }));
    }
    this.units.replaceChildren(...this.paths.values());
    const above = LEVELS.slice(LEVELS.indexOf(level) + 1);
    this.borders.replaceChildren(
      ...above.map((each) => node("path", { d: geometry.borders(each), class: each })),
    );
    this.marked.clear();
    this.marks.replaceChildren();
    if (this._map) this.draw();
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

/** @returns {SVGElement} the pattern of units without data */
function hatch() {
  const size = { width: HATCH_PX, height: HATCH_PX };
  const pattern = node("pattern", { id: "ccgeo-hatch", patternUnits: "userSpaceOnUse", ...size });
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
function node(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
