// Zones over the choropleth: hatching on the districts they cover and points to write a name at.
import { node } from "./choropleth.js";
import { ViewportLayer } from "./viewport_layer.js";

const RADIUS_PX = 3.6;
const PATTERNS = {
  0: { size: 9, lines: "M-1 8l2 2M0 0l9 9M8 -1l2 2" },
  1: { size: 6, lines: "M-1 5l2 2M0 0l6 6M5 -1l2 2" },
};

export class ZoneOverlay extends ViewportLayer {
  constructor() {
    super(node("svg", { class: "ccgeo-drawing ccgeo-overlay", "aria-hidden": "true" }), "overlayPane");
    this.patterns = Object.entries(PATTERNS).map(([mark, drawn]) => pattern(mark, drawn));
    const definitions = node("defs", {});
    definitions.append(...this.patterns);
    this.content = node("g", {});
    this.covers = [0, 1].map((mark) => node("path", { class: `zones-${mark}` }));
    this.content.append(...this.covers);
    this.points = node("g", {});
    this.element.append(definitions, this.content, this.points);
    this.spots = [];
  }

  /** @param {import("./types.js").Zones|undefined} zones nothing where they are not asked for */
  show(zones, geometry, frame) {
    if (this.zones === zones && this.geometry === geometry) return;
    Object.assign(this, { zones, geometry });
    const codes = geometry.adcodes("district");
    this.covers.forEach((path, mark) => {
      const covered = zones ? codes.filter((_, i) => zones.marks[i] === String(mark)) : [];
      path.setAttribute("d", covered.map((id) => geometry.outline("district", id)).join(""));
    });
    this.spots = (zones?.points ?? []).map((point) => point[frame]);
    this.circles = (zones?.points ?? []).map(({ id }) =>
      node("circle", { r: RADIUS_PX, "data-zone": id }),
    );
    this.points.replaceChildren(...this.circles);
    if (this._map) this.draw();
  }

  draw() {
    this.element.setAttribute("width", this.size.x);
    this.element.setAttribute("height", this.size.y);
    if (!this.geometry) return;
    const steps = this.scale * this.geometry.step;
    const zero = this.toPixels({ x: 0, y: 0 });
    this.content.setAttribute("transform", `translate(${zero.x} ${zero.y}) scale(${steps})`);
    for (const each of this.patterns) each.setAttribute("patternTransform", `scale(${1 / steps})`);
    this.spots.forEach(([x, y], i) => {
      const place = this.toPixels({ x, y });
      this.circles[i].setAttribute("cx", place.x);
      this.circles[i].setAttribute("cy", place.y);
    });
  }
}

/** @returns {SVGElement} lines without a ground: the colour of the district shows through */
function pattern(mark, { size, lines }) {
  const made = node("pattern", {
    id: `ccgeo-zones-${mark}`,
    patternUnits: "userSpaceOnUse",
    width: size,
    height: size,
  });
  made.append(
    node("path", { d: lines, class: "zone-casing" }),
    node("path", { d: lines, class: "zone-line" }),
  );
  return made;
}
