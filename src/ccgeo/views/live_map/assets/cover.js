// Zones and the circle: hatching over the districts they cover, and points to write a name at.
import { node } from "./choropleth.js";
import { ViewportLayer } from "./viewport_layer.js";

const RADIUS_PX = 4.5;
const PATTERNS = {
  part: { size: 6, lines: "M-1 1l2-2M0 6l6-6M5 7l2-2" },
  whole: { size: 6, lines: "M0 0l6 6M0 6l6-6" },
};

export class CoverLayer extends ViewportLayer {
  constructor() {
    super(node("svg", { class: "ccgeo-drawing ccgeo-cover", "aria-hidden": "true" }), "overlayPane");
    this.patterns = Object.entries(PATTERNS).map(([name, drawn]) => pattern(name, drawn));
    const definitions = node("defs", {});
    definitions.append(...this.patterns);
    this.points = node("g", {});
    this.element.append(definitions, this.points);
    this.spots = [];
  }

  /**
   * Show the label points; without a cover there is nothing to show.
   * @param {import("./types.js").Cover|undefined} cover
   * @param {import("./geometry.js").FrameGeometry} geometry
   * @param {string} frame
   */
  show(cover, geometry, frame) {
    this.step = geometry.step;
    const spots = (cover?.points ?? []).map((point) => [point.id, ...point[frame]]);
    if (JSON.stringify(spots) !== JSON.stringify(this.spots)) {
      this.spots = spots;
      this.circles = spots.map(([id]) => node("circle", { r: RADIUS_PX, "data-zone": id }));
      this.points.replaceChildren(...this.circles);
    }
    if (this._map) this.draw();
  }

  draw() {
    this.element.setAttribute("width", this.size.x);
    this.element.setAttribute("height", this.size.y);
    const scale = `scale(${1 / (this.scale * (this.step ?? 1))})`;
    for (const each of this.patterns) each.setAttribute("patternTransform", scale);
    this.spots.forEach(([, x, y], i) => {
      const place = this.toPixels({ x, y });
      this.circles[i].setAttribute("cx", place.x);
      this.circles[i].setAttribute("cy", place.y);
    });
  }
}

/** @returns {SVGElement} hatching that takes its ground and its ink from the style sheet */
function pattern(name, { size, lines }) {
  const made = node("pattern", {
    id: `ccgeo-cover-${name}`,
    patternUnits: "userSpaceOnUse",
    width: size,
    height: size,
  });
  made.append(
    node("rect", { width: size, height: size, class: `cover-ground ${name}` }),
    node("path", { d: lines, class: `cover-line ${name}` }),
  );
  return made;
}
