// The flow lines, on a canvas: thousands of them cost one redraw when the map comes to rest.
import { isWithin, outlineOf, outsideOf } from "./hull.js";
import { greatCircle } from "./sphere.js";
import { ViewportLayer } from "./viewport_layer.js";

const SEGMENTS = 12;
const HIT_PX = 3;
/** So many lines are drawn in full. */
const FEW = 400;
const TWIN_PX = 4;
/** Below this many pixels a kilometre a ring would cover the whole region. */
const RING_SCALE = 0.2;
const DOT_PX = 3.5;
const RING_PX = { prefecture: 8, province: 14, circle: 20 };

/** @typedef {import("./types.js").Flow} Flow */

/**
 * Read the rows that Python sent.
 * @param {import("./types.js").FlowData} data
 * @param {import("./geometry.js").FrameGeometry} geometry
 * @param {string} level level of the map
 * @returns {Flow[]} smallest first, so that the largest are drawn last
 */
export function readFlows(data, geometry, level) {
  const flows = [];
  for (const [p, q, outbound, records, projects, amount, width, sector] of data.rows) {
    const [partner, place] = [data.partners[p], data.places[q]];
    const end = geometry.place(place);
    if (!end || !geometry.partner(partner)) continue;
    const known = levelOf(place, level);
    const [from, to] = outbound ? [place, partner] : [partner, place];
    flows.push({
      id: `${from}>${to}`,
      partner,
      place,
      outbound: Boolean(outbound),
      records,
      projects,
      amount,
      width,
      sector: sector ?? null,
      end,
      ring: known === level ? 0 : (RING_PX[known] ?? 0),
    });
  }
  markTwins(flows);
  return flows.sort((one, other) => one.width - other.width);
}

/** Lines that lead both ways between the same ends bend apart. @param {Flow[]} flows */
function markTwins(flows) {
  const met = new Map();
  for (const flow of flows) {
    const ends = `${flow.partner},${flow.place}`;
    const other = met.get(ends);
    if (other) {
      const apart = (flow.width + other.width) / 2 + TWIN_PX;
      [flow.bend, other.bend] = [apart, apart];
    }
    met.set(ends, flow);
  }
}

/** Chongqing is a province and, below, its own prefecture. @returns {string} */
function levelOf(place, level) {
  if (place === "circle") return "circle";
  if (place === "500000") return level === "prefecture" ? "prefecture" : "province";
  if (place.endsWith("0000")) return "province";
  return place.endsWith("00") ? "prefecture" : "district";
}

export class FlowLayer extends ViewportLayer {
  /**
   * @param {() => Map<string, {x: number, y: number, trunk: {x: number, y: number}}>} findExits
   *   finds where the lines of each partner leave the picture, in pixels of the viewport
   */
  constructor(findExits) {
    const canvas = document.createElement("canvas");
    canvas.className = "ccgeo-flows";
    super(canvas, "overlayPane");
    this.context = canvas.getContext("2d");
    /** @type {Flow[]} */
    this.flows = [];
    this.lines = [];
    this.findExits = findExits;
    this.lit = () => false;
    this.colours = { inbound: "#000", outbound: "#000", ground: "#fff" };
  }

  /** @param {Flow[]} flows @param {import("./geometry.js").FrameGeometry} geometry */
  setFlows(flows, geometry) {
    Object.assign(this, { flows, geometry });
    this.worldLines = geometry.rim ? flows.map((flow) => this.worldLine(flow)) : null;
  }

  worldLine(flow) {
    return greatCircle(this.geometry.partner(flow.partner), flow.end, SEGMENTS);
  }

  draw() {
    const ratio = globalThis.devicePixelRatio || 1;
    const { element: canvas, context } = this;
    const [width, height] = [Math.round(this.size.x * ratio), Math.round(this.size.y * ratio)];
    if (canvas.width === width && canvas.height === height) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
    } else {
      Object.assign(canvas, { width, height });
      canvas.style.width = `${this.size.x}px`;
      canvas.style.height = `${this.size.y}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.lineCap = "round";
    if (!this.geometry) return;
    this.exits = this.findExits();
    this.hulls = this.worldLines ? this.findHulls() : new Map();
    this.lines = this.flows.map((flow, i) => this.line(flow, i));
    this.lines.forEach((line, i) => line && this.stroke(line, this.flows[i]));
    this.drawRings();
    if (this.worldLines) this.drawPartners();
  }

  /** @returns {Map<string, {x: number, y: number}[]>} outline of each bloc that has lines */
  findHulls() {
    const hulls = new Map();
    for (const { partner } of this.flows) {
      const members = this.geometry.partners[partner].members ?? [];
      if (hulls.has(partner) || !members.length) continue;
      const places = members.map((member) => this.geometry.partner(member)).filter(Boolean);
      hulls.set(partner, outlineOf(places.map((place) => this.toPixels(place))));
    }
    return hulls;
  }

  /** @returns {{x: number, y: number}[]|null} pixels of the canvas from the partner inwards */
  line(flow, i) {
    const straight = this.worldLines ? this.worldLineFrom(flow, i) : this.regionLine(flow);
    const points = straight && flow.bend ? bent(straight, flow) : straight;
    return points && this.ringOf(flow) ? shortened(points, flow.ring) : points;
  }

  /** The line of a bloc begins at its outline: its members share it, no town does. */
  worldLineFrom(flow, i) {
    const line = this.worldLines[i].map((point) => this.toPixels(point));
    const hull = this.hulls.get(flow.partner);
    return hull ? outsideOf(line, hull) : line;
  }

  /** @returns {Map<string, number>} pixels of the ring around each place known coarsely */
  rings() {
    return new Map(this.flows.filter((flow) => this.ringOf(flow)).map(({ place, ring }) => [place, ring]));
  }

  ringOf(flow) {
    return this.scale < RING_SCALE ? 0 : flow.ring;
  }

  /** The lines of one partner leave the picture together. */
  regionLine(flow) {
    const exit = this.exits.get(flow.partner);
    const end = this.toPixels(flow.end);
    if (!exit || !this.inView(end)) return null;
    const start = { x: exit.x + this.margin.x, y: exit.y + this.margin.y };
    const trunk = { x: exit.trunk.x + this.margin.x, y: exit.trunk.y + this.margin.y };
    return curve(start, trunk, end);
  }

  inView({ x, y }) {
    return (
      x > this.margin.x && y > this.margin.y &&
      x < this.size.x - this.margin.x && y < this.size.y - this.margin.y
    );
  }

  stroke(points, flow) {
    const { context } = this;
    const lit = this.lit(flow);
    const thin = thinness(this.flows.length);
    context.globalAlpha = lit === null ? opacity(flow, thin) : lit ? 1 : 0.12 * thin;
    context.beginPath();
    context.moveTo(points[0].x, points[0].y);
    for (const { x, y } of points.slice(1)) context.lineTo(x, y);
    if (this.bySector) {
      // A sector's colour may be that of the district below.
      context.strokeStyle = this.colours.ground;
      context.lineWidth = flow.width + 1.6;
      context.stroke();
    }
    context.strokeStyle = this.colourOf(flow);
    context.lineWidth = flow.width;
    context.stroke();
    context.globalAlpha = 1;
  }

  /** @returns {string} by direction, or by sector where that is asked for */
  colourOf(flow) {
    if (this.bySector) return this.bySector(flow);
    return flow.outbound ? this.colours.outbound : this.colours.inbound;
  }

  /** A place known only coarsely is a ring: no site is made up inside it. */
  drawRings() {
    const { context } = this;
    const drawn = new Set();
    context.lineWidth = 1.6;
    context.setLineDash([4, 3]);
    for (const flow of this.flows) {
      if (!this.ringOf(flow) || drawn.has(flow.place)) continue;
      drawn.add(flow.place);
      const { x, y } = this.toPixels(flow.end);
      context.beginPath();
      context.arc(x, y, flow.ring, 0, 2 * Math.PI);
      context.globalAlpha = 0.75;
      context.fillStyle = this.colours.ground;
      context.fill();
      context.globalAlpha = 1;
      context.strokeStyle = this.colours.inbound;
      context.stroke();
    }
    context.setLineDash([]);
  }

  /** In the world frame a partner is a dot, a bloc a dashed outline around its members. */
  drawPartners() {
    const { context } = this;
    context.lineWidth = 1.5;
    context.strokeStyle = this.colours.ground;
    context.fillStyle = this.colours.inbound;
    for (const partner of this.partners()) {
      if (this.hulls.has(partner)) continue;
      const { x, y } = this.toPixels(this.geometry.partner(partner));
      context.beginPath();
      context.arc(x, y, DOT_PX, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
    context.strokeStyle = this.colours.inbound;
    context.setLineDash([4, 3]);
    for (const hull of this.hulls.values()) {
      context.beginPath();
      hull.forEach(({ x, y }, i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
      context.closePath();
      context.globalAlpha = 0.12;
      context.fill();
      context.globalAlpha = 1;
      context.stroke();
    }
    context.setLineDash([]);
  }

  /** @returns {Set<string>} who has lines */
  partners() {
    return new Set(this.flows.map(({ partner }) => partner));
  }

  /** @param {{x: number, y: number}} at pixels of the viewport @returns {Flow|null} topmost */
  hit(at) {
    const [x, y] = [at.x + this.margin.x, at.y + this.margin.y];
    for (let i = this.lines.length - 1; i >= 0; i -= 1) {
      const reach = this.flows[i].width / 2 + HIT_PX;
      if (this.lines[i] && distance(this.lines[i], x, y) <= reach) return this.flows[i];
    }
    return null;
  }

  /** @returns {string|null} partner whose dot or outline is under a point of the viewport */
  hitPartner(at) {
    if (!this.worldLines) return null;
    const point = { x: at.x + this.margin.x, y: at.y + this.margin.y };
    const isNear = (partner) => {
      const { x, y } = this.toPixels(this.geometry.partner(partner));
      return Math.hypot(x - point.x, y - point.y) <= DOT_PX + HIT_PX;
    };
    const dots = [...this.partners()].filter((partner) => !this.hulls.has(partner));
    const blocs = [...this.hulls].filter(([, hull]) => isWithin(hull, point));
    return dots.find(isNear) ?? blocs[0]?.[0] ?? null;
  }

  /** @returns {string|null} place of the ring under a point of the viewport */
  hitRing(at) {
    const [x, y] = [at.x + this.margin.x, at.y + this.margin.y];
    for (const flow of this.flows) {
      if (!this.ringOf(flow)) continue;
      const centre = this.toPixels(flow.end);
      if (Math.hypot(centre.x - x, centre.y - y) <= flow.ring) return flow.place;
    }
    return null;
  }
}

/** Small flows fade behind the large ones, the more so the more there are. */
function opacity({ width }, thin) {
  return 0.35 * thin + Math.min(0.45, width * 0.06 * Math.sqrt(thin));
}

/** Thousands of lines let the districts below be seen. @returns {number} 1 for few, falling to 0 */
function thinness(count) {
  return Math.min(1, FEW / count);
}

/** @returns {{x: number, y: number}[]} points of a quadratic curve */
function curve(start, bend, end) {
  return Array.from({ length: SEGMENTS + 1 }, (_, i) => {
    const t = i / SEGMENTS;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return { x: a * start.x + b * bend.x + c * end.x, y: a * start.y + b * bend.y + c * end.y };
  });
}

/** @returns {{x: number, y: number}[]} the line, bent to its own side; both ends stay */
function bent(points, flow) {
  const [start, end] = [points[0], points[points.length - 1]];
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const by = ((flow.outbound ? -1 : 1) * flow.bend) / (Math.hypot(dx, dy) || 1);
  return points.map(({ x, y }, i) => {
    const share = Math.sin((Math.PI * i) / (points.length - 1)) * by;
    return { x: x - dy * share, y: y + dx * share };
  });
}

/** @returns {{x: number, y: number}[]} the line without its last `by` pixels */
function shortened(points, by) {
  const end = points[points.length - 1];
  const kept = points.filter(({ x, y }) => Math.hypot(x - end.x, y - end.y) > by);
  const last = kept[kept.length - 1];
  if (!last) return points.slice(0, 2);
  const share = 1 - by / Math.hypot(end.x - last.x, end.y - last.y);
  return [...kept, { x: last.x + (end.x - last.x) * share, y: last.y + (end.y - last.y) * share }];
}

/** @returns {number} pixels from a point to a line of points */
function distance(points, x, y) {
  let least = Infinity;
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1], points[i]];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1);
    const share = Math.max(0, Math.min(1, along));
    least = Math.min(least, Math.hypot(a.x + share * dx - x, a.y + share * dy - y));
  }
  return least;
}
