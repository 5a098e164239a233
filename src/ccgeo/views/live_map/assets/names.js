// Names of units, where there is room: none over another, nor over anything else that is written.
import { node } from "./choropleth.js";
import { isInside, overlaps } from "./labels.js";
import { ViewportLayer } from "./viewport_layer.js";

/** Below this many pixels a kilometre districts are too small to be named: prefectures are. */
const CLOSE = 1.1;
const [HEIGHT, GAP] = [14, 3];
/** How much wider than its unit a name may be. */
const ROOM = { district: 1, prefecture: 1.4, province: 2 };

/** @typedef {import("./labels.js").Box} Box */

export class NameLayer extends ViewportLayer {
  /** @param {() => Box[]} findTaken boxes of the viewport that no name may cover */
  constructor(findTaken) {
    super(node("svg", { class: "ccgeo-drawing ccgeo-names", "aria-hidden": "true" }), "overlayPane");
    this.findTaken = findTaken;
    this.ruler = document.createElement("canvas").getContext("2d");
    /** @type {Map<string, number>} */
    this.widths = new Map();
    /** @type {Map<string, SVGElement>} */
    this.texts = new Map();
  }

  /**
   * @param {object} shown
   * @param {import("./geometry.js").FrameGeometry} shown.geometry
   * @param {string} shown.level level of the map
   * @param {Map<string, number>} shown.rings pixels of the ring around each place known coarsely
   * @param {string} shown.selected unit that is named whatever its size; may be empty
   * @param {(id: string) => string} shown.nameOf
   */
  show(shown) {
    Object.assign(this, shown);
    if (this._map) this.draw();
  }

  draw() {
    this.element.setAttribute("width", this.size.x);
    this.element.setAttribute("height", this.size.y);
    const isShown = this.geometry && !this.geometry.rim;
    this.put(isShown ? this.placed() : []);
  }

  /** @returns {{id: string, text: string, x: number, y: number}[]} what has room, first come */
  placed() {
    this.readFont();
    const { x: left, y: top } = this.margin;
    const boxes = this.findTaken().map((box) => moved(box, left, top));
    const view = { left, top, right: this.size.x - left, bottom: this.size.y - top };
    const placed = [];
    for (const { id, ring, room } of this.candidates()) {
      const [place, text] = [this.geometry.place(id), this.nameOf(id)];
      if (!place || !text) continue;
      const width = this.widthOf(text);
      if (width > this.widthOfUnit(id) * room) continue;
      const box = spots(this.toPixels(place), width, ring).find(
        (each) => isInside(each, view) && !boxes.some((other) => overlaps(each, other)),
      );
      if (!box) continue;
      boxes.push(box);
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      placed.push({ id, text, x: Math.round(x), y: Math.round(y) });
    }
    return placed;
  }

  /** What could be named, the most wanted first. */
  candidates() {
    const { rings, level, selected } = this;
    const found = [...rings].map(([id, ring]) => ({ id, ring, room: Infinity }));
    found.sort((one, other) => other.ring - one.ring);
    const add = (ids, room) => {
      for (const id of ids) if (!rings.has(id)) found.push({ id, ring: 0, room });
    };
    if (selected) add([selected], Infinity);
    const named = level === "district" && this.scale < CLOSE ? "prefecture" : level;
    add(this.largestFirst(named), ROOM[named]);
    return found;
  }

  largestFirst(level) {
    if (this.sorted?.level !== level || this.sorted.geometry !== this.geometry) {
      const { geometry } = this;
      const size = ({ left, right, bottom, top }) => (right - left) * (top - bottom);
      const ids = geometry.adcodes(level).map((id) => [id, size(geometry.box(id))]);
      ids.sort((one, other) => other[1] - one[1]);
      this.sorted = { level, geometry, ids: ids.map(([id]) => id) };
    }
    return this.sorted.ids;
  }

  /** @returns {number} pixels from the west end of a unit to its east end */
  widthOfUnit(id) {
    const box = this.geometry.box(id);
    return box ? (box.right - box.left) * this.scale : 0;
  }

  /** Measured by the letters: asking the page for sizes would make it lay out at once. */
  widthOf(text) {
    if (!this.widths.has(text)) this.widths.set(text, this.ruler.measureText(text).width);
    return this.widths.get(text);
  }

  readFont() {
    if (this.ruler.isRead) return;
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(this.element);
    this.ruler.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    this.ruler.isRead = true;
  }

  /** Keep the texts that stay: only what changed is written. */
  put(placed) {
    const before = this.texts;
    this.texts = new Map();
    for (const { id, text, x, y } of placed) {
      const made = before.get(id) ?? node("text", { "data-name": id });
      if (made.textContent !== text) made.textContent = text;
      const at = `translate(${x} ${y})`;
      if (made.getAttribute("transform") !== at) made.setAttribute("transform", at);
      if (!before.delete(id)) this.element.append(made);
      this.texts.set(id, made);
    }
    for (const gone of before.values()) gone.remove();
  }
}

/** In the middle of a unit; below, above or beside a ring. @returns {Box[]} */
function spots({ x, y }, width, ring) {
  const [wide, high] = [width / 2 + GAP, HEIGHT / 2];
  const [aside, apart] = [ring + wide, ring + high + 1];
  const shifts = ring ? [[0, apart], [0, -apart], [aside, 0], [-aside, 0]] : [[0, 0]];
  return shifts.map(([dx, dy]) => ({
    left: x + dx - wide,
    right: x + dx + wide,
    top: y + dy - high,
    bottom: y + dy + high,
  }));
}

function moved({ left, top, right, bottom }, x, y) {
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}
