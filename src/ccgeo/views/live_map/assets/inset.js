// The region as a picture in the picture: in the world frame it would be too small to read.
import { hatchPattern, node } from "./choropleth.js";
import { element } from "./element.js";

const [WIDTH, HEIGHT] = [190, 150];
const HATCH = "ccgeo-hatch-inset";

export class RegionInset {
  /** @param {HTMLElement} host @param {() => void} onChoose */
  constructor(host, onChoose) {
    this.box = element("button", "ccgeo-inset");
    this.box.type = "button";
    this.box.hidden = true;
    this.box.addEventListener("click", onChoose);
    this.units = node("g", { class: "ccgeo-units" });
    this.lines = node("g", { class: "ccgeo-borders" });
    this.hatch = hatchPattern(HATCH);
    const definitions = node("defs", {});
    definitions.append(this.hatch);
    this.drawing = node("svg", { width: WIDTH, height: HEIGHT, "aria-hidden": "true" });
    this.drawing.append(definitions, this.units, this.lines);
    this.box.append(this.drawing);
    host.append(this.box);
  }

  /**
   * Draw the units of a level; their colours come with `setClasses`.
   * @param {import("./geometry.js").FrameGeometry} geometry @param {string} level
   */
  setGeometry(geometry, level) {
    if (this.geometry === geometry && this.level === level) return;
    Object.assign(this, { geometry, level });
    const { step } = geometry;
    const { left, bottom, right, top } = geometry.extent();
    const [width, height] = [(right - left) / step, (top - bottom) / step];
    const scale = Math.min(WIDTH / width, HEIGHT / height);
    this.drawing.setAttribute("viewBox", `${left / step} ${-top / step} ${width} ${height}`);
    this.hatch.setAttribute("patternTransform", `scale(${1 / scale})`);
    this.paths = geometry.adcodes(level).map((id) => node("path", { d: geometry.outline(level, id) }));
    this.units.replaceChildren(...this.paths);
    this.lines.replaceChildren(node("path", { d: geometry.borders("province"), class: "province" }));
  }

  /** @param {string} classes one character a unit, as in the payload */
  setClasses(classes) {
    this.paths.forEach((path, i) => {
      const mark = classes[i] ?? "-";
      path.setAttribute("class", mark === "-" ? "none" : `c${parseInt(mark, 36)}`);
    });
  }
}
